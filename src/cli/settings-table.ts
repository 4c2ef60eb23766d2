import { flagOf, SETTING_NAMES, SETTINGS, type Setting } from '../config/index.js';

/** One row of the settings table; names, values and code are in backticks. */
export interface SettingRow {
  readonly variable: string;
  /** Empty if there is no flag. */
  readonly flag: string;
  readonly default: string;
  readonly accepted: string;
  readonly description: string;
}

export const SETTING_ROWS: readonly SettingRow[] = SETTING_NAMES.map((name) => {
  const { kind, default: text, defaultNote = '', description, noFlag }: Setting = SETTINGS[name];
  return {
    variable: `\`${name}\``,
    flag: noFlag === undefined ? `\`${flagOf(name)}\`` : '',
    default: text === undefined ? defaultNote : `\`${text}\``,
    accepted: kind.accepted,
    description,
  };
});

const HEADINGS: SettingRow = {
  variable: 'Variable',
  flag: 'Flag',
  default: 'Default',
  accepted: 'Accepted',
  description: 'Meaning',
};

/** The table of README.md, formatted as prettier does. */
export function markdownTable(rows: readonly SettingRow[]): string {
  const cells = [HEADINGS, ...rows].map((row) => [
    row.variable,
    row.flag,
    row.default,
    row.description,
    row.accepted,
  ]);
  const widths = (cells[0] ?? []).map((_, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  );
  const [head = '', ...body] = cells.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`,
  );
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`;
  return [head, rule, ...body].join('\n');
}

/** The same table for a terminal: for each setting, a line of names and a paragraph. */
export function textTable(rows: readonly SettingRow[], width: number): string {
  return rows
    .flatMap((row) => {
      const names = [row.flag, row.variable].filter((name) => name !== '').join(', ');
      const paragraph = plain(`${row.description} Accepted: ${row.accepted}. Default: ${row.default}.`);
      return [`  ${plain(names)}`, ...wrap(paragraph, width - 6).map((line) => `      ${line}`)];
    })
    .join('\n');
}

/** Text without Markdown markup. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

/** Wraps text into lines of at most `width` characters; a longer word gets its own line. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(' ')) {
    const line = lines.at(-1);
    if (line !== undefined && line.length + 1 + word.length <= width)
      lines[lines.length - 1] = `${line} ${word}`;
    else lines.push(word);
  }
  return lines;
}
