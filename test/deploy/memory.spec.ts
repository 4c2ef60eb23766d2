/** The memory that README.md and deploy/README.md tell operators to give, against the formula and the settings beside it. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { loadSettings } from '../../src/config/load-settings.js';
import { neededMebibytes } from '../support/needed-memory.js';

const read = (path: string): string =>
  readFileSync(fileURLToPath(new URL(`../../${path}`, import.meta.url)), 'utf8');

const UNITS: Readonly<Record<string, number>> = { m: 1, g: 1024 };

describe('the memory that the documents tell', () => {
  it('is enough for the settings of README’s own command', () => {
    const [command = ''] = /docker run [^`]*--memory[^`]*javascriptd\n/.exec(read('README.md')) ?? [];
    const [, amount, unit = ''] = /--memory (\d+)([mg])/.exec(command) ?? [];
    const environment = [...command.matchAll(/--env (\w+)=(\w+)/g)].map(([, name = '', value]) => [
      name,
      value,
    ]);
    const settings = loadSettings(Object.fromEntries(environment));
    expect(Number(amount) * (UNITS[unit] ?? 0)).toBeGreaterThanOrEqual(neededMebibytes(settings));
  });

  it('is enough for the patch of a kustomization', () => {
    const page = read('deploy/README.md');
    const [, concurrency] = /MAX_CONCURRENCY, value: '(\d+)'/.exec(page) ?? [];
    const [, memory] = /limits: \{ memory: (\d+)Mi \}/.exec(page) ?? [];
    const settings = loadSettings({ GATEWAY_MEMORY: '128', MAX_CONCURRENCY: concurrency });
    expect(Number(memory)).toBeGreaterThanOrEqual(neededMebibytes(settings));
  });

  it.each(['README.md', 'deploy/README.md'])('follows one formula: %s', (path) => {
    const text = read(path).replaceAll('*', '');
    expect(text).toMatch(/150 MB \+ 2 × `GATEWAY_MEMORY`/);
  });
});
