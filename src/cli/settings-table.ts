import { flagOf, SETTING_NAMES, SETTINGS, type Setting } from '../config/index.js';

/** One setting as people read it; names, values and code stand in backticks. */
export interface SettingRow {
  readonly variable: string;
  /** Empty when there is no flag. */
  readonly flag: string;
  readonly initial: string;
  readonly accepted: string;
  readonly meaning: string;
}

export const SETTING_ROWS: readonly SettingRow[] = SETTING_NAMES.map((name) => {
  const { kind, initial, without = '', meaning, noFlag }: Setting = SETTINGS[name];
  return {
    variable: `\`${name}\``,
    flag: noFlag === undefined ? `\`${flagOf(name)}\`` : '',
    initial: initial === undefined ? without : `\`${initial}\``,
    accepted: kind.accepted,
    meaning,
  };
});

const HEADINGS: SettingRow = {
  variable: 'Variable',
  flag: 'Flag',
  initial: 'Default',
  accepted: 'Accepted',
  meaning: 'Meaning',
};

/** The table of README.md, aligned as prettier aligns it. */
export function markdownTable(rows: readonly SettingRow[]): string {
  const cells = [HEADINGS, ...rows].map(({ variable, flag, initial, meaning, accepted }) => [
    variable,
    flag,
    initial,
    meaning,
    accepted,
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

/** The same table for a terminal: a line of names and a paragraph for each setting. */
export function textTable(rows: readonly SettingRow[], width: number): string {
  return rows
    .flatMap(({ variable, flag, initial, meaning, accepted }) => {
      const names = [flag, variable].filter((name) => name !== '').join(', ');
      const paragraph = plain(`${meaning} Accepted: ${accepted}. Default: ${initial}.`);
      return [`  ${plain(names)}`, ...wrap(paragraph, width - 6).map((line) => `      ${line}`)];
    })
    .join('\n');
}

/** Text without Markdown's marks. */
function plain(text: string): string {
  return text.replaceAll('`', '');
}

/** Breaks text at spaces into lines of at most `width` characters; a longer word gets a line of its own. */
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
