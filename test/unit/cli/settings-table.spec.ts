import { readFileSync } from 'node:fs';
import { helpText } from '../../../src/cli/help.js';
import { markdownTable, SETTING_ROWS, textTable, wrap } from '../../../src/cli/settings-table.js';
import { SETTING_NAMES, settingsSchema } from '../../../src/config/settings.js';

const README = readFileSync(new URL('../../../README.md', import.meta.url), 'utf8');

const CELLS: readonly string[] = SETTING_ROWS.flatMap(({ variable, flag, initial, accepted, meaning }) => [
  variable,
  flag,
  initial,
  accepted,
  meaning,
]);

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

  it('is told by --help, cell for cell', () => {
    const help = helpText().replaceAll(/\s+/g, ' ');
    for (const cell of CELLS) {
      expect(help).toContain(cell.replaceAll('`', ''));
    }
  });

  it('states defaults that the schema fills in', () => {
    const filled: Readonly<Record<string, unknown>> = settingsSchema.parse({});
    const stated = SETTING_ROWS.filter(({ initial }) => /^`[^`]+`$/.test(initial));
    expect(stated.length).toBeGreaterThan(5);
    for (const { variable, initial } of stated) {
      expect(`\`${String(filled[variable.replaceAll('`', '')])}\``).toBe(initial);
    }
  });

  it('has no cell that would break it', () => {
    for (const cell of CELLS) {
      expect(cell).not.toMatch(/[|\n]/);
    }
  });
});

describe('textTable', () => {
  it('leaves out the flag where there is none, and the marks', () => {
    const row = { variable: '`A`', flag: '', initial: '`1`', accepted: '`x` or y', meaning: 'Is `a`.' };
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
