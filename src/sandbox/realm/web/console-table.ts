import { create } from '../kit/primordials.js';

const INDEX = '(index)';
const VALUES = 'Values';

type Inspect = (value: unknown, options?: object) => string;

/** Draws a table as `console.table` of Node 22 does; undefined for a primitive, which is not a table. */
export function table(
  data: unknown,
  only: readonly string[] | undefined,
  inspect: Inspect,
): string | undefined {
  if (typeof data !== 'object' || data === null) return undefined;
  const cellOf = (value: unknown): string =>
    inspect(value, { maxArrayLength: 3, breakLength: Infinity, depth: typeof value === 'object' ? 1 : 0 });
  const columns: string[] = [];
  const rows: Record<string, string>[] = [];
  let primitives = false;
  for (const [index, row] of entriesOf(data)) {
    const cells = create(null) as Record<string, string>;
    cells[INDEX] = index;
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
  return draw([INDEX, ...columns, ...(primitives ? [VALUES] : [])], rows);
}

function entriesOf(data: object): [string, unknown][] {
  if (data instanceof Map)
    return [...data.entries()].map(([key, value], i) => [`${i}`, { Key: key, [VALUES]: value }]);
  if (data instanceof Set) return [...data].map((value, i) => [`${i}`, value]);
  return Object.entries(data);
}

function draw(columns: string[], rows: Record<string, string>[]): string {
  const widths = columns.map(
    (name) => Math.max(name.length, ...rows.map((row) => (row[name] ?? '').length)) + 2,
  );
  const rule = (left: string, middle: string, right: string): string =>
    left + widths.map((width) => '─'.repeat(width)).join(middle) + right;
  const line = (cells: string[]): string =>
    `│${cells.map((cell, i) => ` ${cell}`.padEnd(widths[i] ?? 0)).join('│')}│`;
  return [
    rule('┌', '┬', '┐'),
    line(columns),
    rule('├', '┼', '┤'),
    ...rows.map((row) => line(columns.map((name) => row[name] ?? ''))),
    rule('└', '┴', '┘'),
  ].join('\n');
}
