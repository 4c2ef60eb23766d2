import { create } from '../kit/primordials.js';

const VALUES = 'Values';
const KEY = 'Key';

type Inspect = (value: unknown, options?: object) => string;
type Cells = Record<string, string>;

/** Draws a table as `console.table` of Node 22 does; undefined for a primitive, which is not a table. */
export function table(
  data: unknown,
  only: readonly string[] | undefined,
  inspect: Inspect,
): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const cellOf = (value: unknown): string =>
    inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: depthOf(value) });
  const iterated = iteratedEntries(data);
  const index = iterated === undefined ? '(index)' : '(iteration index)';
  // A map's values and a set's members are one cell each.
  if (iterated !== undefined) {
    const isMap = data instanceof Map;
    const rows = iterated.map((entry, i) => {
      const cells: Record<string, string> = { [index]: `${i}`, [VALUES]: cellOf(entry.at(-1)) };
      if (isMap) cells[KEY] = cellOf(entry[0]);
      return cells;
    });
    return draw([index, ...(isMap ? [KEY] : []), VALUES], rows);
  }
  const columns: string[] = [];
  const rows: Cells[] = [];
  let primitives = false;
  for (const [name, row] of Object.entries(data)) {
    const cells = create(null) as Cells;
    cells[index] = name;
    if (typeof row === 'object' && row !== null) {
      for (const key of only ?? Object.keys(row)) {
        if (!columns.includes(key)) columns.push(key);
        if (Object.hasOwn(row, key)) cells[key] = cellOf((row as Record<string, unknown>)[key]);
      }
    } else {
      primitives = true;
      cells[VALUES] = cellOf(row);
    }
    rows.push(cells);
  }
  return draw([index, ...columns, ...(primitives ? [VALUES] : [])], rows);
}

/** As far as Node shows what is in a cell. */
function depthOf(value: unknown): number {
  const isObject = typeof value === 'object' && value !== null && !Array.isArray(value);
  return isObject && Object.keys(value).length > 2 ? -1 : 0;
}

/** The entries of a map or the members of a set; undefined for anything else. */
function iteratedEntries(data: object): unknown[][] | undefined {
  if (data instanceof Map) return [...data.entries()];
  if (data instanceof Set) return [...data].map((value) => [value]);
  return undefined;
}

function draw(columns: string[], rows: Cells[]): string {
  const widths = columns.map(
    (name) => rows.reduce((widest, row) => Math.max(widest, widthOf(row[name] ?? '')), widthOf(name)) + 2,
  );
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const line = (cells: string[]): string =>
    `│${cells.map((cell, i) => ` ${cell}${' '.repeat((widths[i] ?? 0) - widthOf(cell) - 1)}`).join('│')}│`;
  return [
    rule('┌', '┬', '┐'),
    line(columns),
    rule('├', '┼', '┤'),
    ...rows.map((row) => line(columns.map((name) => row[name] ?? ''))),
    rule('└', '┴', '┘'),
  ].join('\n');
}

/** Characters that a terminal shows two columns wide, and those that it shows above others. */
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1f64f}\u{1f680}-\u{1f6ff}\u{1f900}-\u{1f9ff}\u{20000}-\u{3fffd}]/u;
const COMBINING = /[\p{Mn}\p{Me}\u200b-\u200f]/u;

/** Columns of a text in a terminal. */
function widthOf(text: string): number {
  let width = 0;
  for (const character of text) width += COMBINING.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return width;
}
