import { readFileSync } from 'node:fs';
import { Binary } from '../support/binary.js';

const read = (path: string): string => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

async function run(
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<{ code: unknown; stdout: string; stderr: string }> {
  const binary = new Binary(args, environment);
  const code = await binary.ended();
  return { code, stdout: binary.stdout, stderr: binary.stderr };
}

describe('javascriptd on the command line', () => {
  it('prints the version of package.json', async () => {
    const { version }: { version: string } = JSON.parse(read('package.json'));
    expect(await run(['--version'])).toEqual({ code: 0, stdout: `${version}\n`, stderr: '' });
  });

  it('prints with --help every cell of the settings table in README.md', async () => {
    const { code, stdout, stderr } = await run(['--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [, table = ''] = /<!-- settings -->([^]*)<!-- \/settings -->/.exec(read('README.md')) ?? [];
    const rows = table.trim().split('\n').slice(2);
    expect(rows.length).toBeGreaterThan(15);
    const help = stdout.replaceAll(/\s+/g, ' ');
    for (const cell of rows.flatMap((row) => row.split('|'))) {
      expect(help).toContain(cell.trim().replaceAll('`', ''));
    }
  });

  it('answers a wrong option with one line and code 64', async () => {
    expect(await run(['--prot', '1'])).toEqual({
      code: 64,
      stdout: '',
      stderr: 'javascriptd: unknown option --prot (see javascriptd --help)\n',
    });
  });

  it('refuses to start with wrong settings, one line for each, code 78', async () => {
    expect(await run(['--timeout', '0'], { PORT: 'abc', MODULES: '../x', NOLOGS: 'true' })).toEqual({
      code: 78,
      stdout: '',
      stderr: [
        'javascriptd: PORT: "abc" is not a whole number; expected a whole number from 0 to 65535',
        'javascriptd: TIMEOUT (--timeout): "0" is too small; expected a whole number from 1 to 2147483647',
        'javascriptd: MODULES: "../x" is not a module name; expected names of packages and built-in modules, @scope/* and *, separated by commas; or none',
        '',
      ].join('\n'),
    });
  });

  it('warns of a variable that looks like a misspelled setting, without its value', async () => {
    const environment = { SANDBOX_MEMROY: 'hunter2', SANDBOX_COLOUR: 'hunter3', UNRELATED: 'x', PORT: 'abc' };
    const { code, stdout, stderr } = await run([], environment);
    expect(code).toBe(78);
    expect(stderr.split('\n').slice(0, 2)).toEqual([
      'javascriptd: warning: unknown setting SANDBOX_MEMROY; did you mean SANDBOX_MEMORY?',
      'javascriptd: warning: unknown setting SANDBOX_COLOUR; see javascriptd --help',
    ]);
    expect(stdout + stderr).not.toContain('hunter');
  });

  it('shows neither a wrong secret nor one beside another wrong setting', async () => {
    const { code, stdout, stderr } = await run([], { SECRET: 'hunter2\t', PORT: 'abc' });
    expect(code).toBe(78);
    expect(stderr).toMatch(/^javascriptd: PORT: .*\njavascriptd: SECRET: .*\n$/);
    expect(stdout + stderr).not.toContain('hunter');
  });
});
