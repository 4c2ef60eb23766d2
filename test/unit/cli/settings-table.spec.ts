import { readFileSync } from 'node:fs';
import { helpText } from '../../../src/cli/help.js';
import { markdownTable, SETTING_ROWS, textTable, wrap } from '../../../src/cli/settings-table.js';
import { SETTING_NAMES } from '../../../src/config/settings.js';
import { settingsSchema } from '../../../src/config/settings-schema.js';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

const CELLS: readonly string[] = SETTING_ROWS.flatMap((row) => Object.values(row));

describe('the settings table', () => {
  it('has one row for each setting of the schema', () => {
    const inSchema = Object.keys(settingsSchema.in.shape);
    expect(SETTING_ROWS.map(({ variable }) => variable.replaceAll('`', ''))).toEqual(inSchema);
    expect(inSchema).toEqual([...SETTING_NAMES]);
  });

  it('stands in README.md as it is here (node build/settings-table.mjs writes it there)', () => {
    const [, inReadme] = /<!-- settings -->\n\n([^]*?)\n\n<!-- \/settings -->/.exec(README) ?? [];
    expect(inReadme).toBe(markdownTable(SETTING_ROWS));
  });

  it('is shown by --help, cell for cell', () => {
    const help = helpText().replaceAll(/\s+/g, ' ');
    for (const cell of CELLS) {
      expect(help).toContain(cell.replaceAll('`', ''));
    }
  });

  it('states defaults that the schema fills in', () => {
    const filled: Readonly<Record<string, unknown>> = settingsSchema.parse({});
    const stated = SETTING_ROWS.filter((row) => /^`[^`]+`$/.test(row.default));
    expect(stated.length).toBeGreaterThan(5);
    for (const row of stated) {
      expect(`\`${String(filled[row.variable.replaceAll('`', '')])}\``).toBe(row.default);
    }
  });

  it('has no cell that would break it', () => {
    for (const cell of CELLS) {
      expect(cell).not.toMatch(/[|\n]/);
    }
  });
});

describe('textTable', () => {
  it('omits a missing flag, and Markdown markup', () => {
    const row = { variable: '`A`', flag: '', default: '`1`', accepted: '`x` or y', description: 'Is `a`.' };
    expect(textTable([row, { ...row, flag: '`--a`' }], 30)).toBe(
      [
        '  A',
        '      Is a. Accepted: x or y.',
        '      Default: 1.',
        '  --a, A',
        '      Is a. Accepted: x or y.',
        '      Default: 1.',
      ].join('\n'),
    );
  });
});

describe('helpText', () => {
  it('fits a terminal of 80 columns', () => {
    for (const line of helpText().split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  });
});

describe('wrap', () => {
  it('gives a word that is too long a line of its own', () => {
    expect(wrap('a bbbbbbbb c d', 3)).toEqual(['a', 'bbbbbbbb', 'c d']);
  });
});
