/** How the program begins with a file of tenants, and without one. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Binary } from '../../support/binary.js';

const folder = mkdtempSync(join(tmpdir(), 'javascriptd-start-'));
afterAll(() => rmSync(folder, { recursive: true }));
const path = join(folder, 'tenants.yaml');

it('a wrong file of tenants stops the start, with a line for each fault', async () => {
  writeFileSync(path, 'tenants: {a: {secrets: hunter2}, b: {secrets: [hunter2], rate: 1}}');
  const binary = new Binary(['--port', '0'], { SECRETS_FILE: path });
  expect(await binary.ended()).toBe(78);
  expect(binary.stdout).toBe('');
  expect(binary.stderr).toBe(
    [
      'javascriptd: SECRETS_FILE: tenants.a.secrets: must be a list of secrets',
      'javascriptd: SECRETS_FILE: tenants.b.rate: must be an object with "perSecond" and "burst"',
      '',
    ].join('\n'),
  );
});

it('javascriptd exec needs no secret where the service does', async () => {
  writeFileSync(path, 'tenants: {a: {secrets: [x]}}');
  const script = join(folder, 'script.js');
  writeFileSync(script, 'function main(cb) { cb(5) }');
  const binary = new Binary(['exec', script], { SECRETS_FILE: path });
  expect(await binary.ended()).toBe(0);
  expect(binary.stdout).toBe('5\n');
});
