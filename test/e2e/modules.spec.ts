/** What is there: `runtime.modules` and `javascriptd modules`. */
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';
import { installFixtures } from '../support/modules.js';

const moduleDir = installFixtures({
  'awaits/package.json': '{"name":"awaits","version":"1.0.0","type":"module"}',
  'awaits/index.js': 'export const a = await 1',
  'good/package.json': '{"name":"good","version":"1.2.3"}',
  'good/index.js': 'exports.a = 1',
  'kept-back/package.json': '{"name":"kept-back","version":"2.0.0"}',
  'kept-back/index.js': 'exports.a = 1',
  'native/package.json': '{"name":"native","version":"1.0.0","main":"x.node"}',
  'native/x.node': '',
  'opens/package.json': '{"name":"opens","version":"1.0.0"}',
  'opens/index.js': 'require("v8").serialize(1)',
  'throws/package.json': '{"name":"throws","version":"1.0.0"}',
  'throws/index.js': 'throw new TypeError("not\\n today")',
});
const MAIN = fileURLToPath(new URL('../../dist/main.js', import.meta.url));
const ALLOWED = 'opens,good,throws,native,awaits,gone,path';

const STATES = [
  { name: 'awaits', version: '1.0.0', allowed: true, loadable: true },
  { name: 'good', version: '1.2.3', allowed: true, loadable: true },
  { name: 'kept-back', version: '2.0.0', allowed: false },
  {
    name: 'native',
    version: '1.0.0',
    allowed: true,
    loadable: false,
    problem: expect.stringMatching(/native add-on/),
  },
  {
    name: 'opens',
    version: '1.0.0',
    allowed: true,
    loadable: false,
    problem: expect.stringMatching(/^v8\./),
  },
  { name: 'throws', version: '1.0.0', allowed: true, loadable: false, problem: 'not\n today' },
];

const OURS = new Set(STATES.map(({ name }) => name));
/** npm itself is installed globally, too. */
const ours = (states: readonly { readonly name: string }[]) => states.filter(({ name }) => OURS.has(name));

function printed(...args: string[]): string {
  const { stdout } = spawnSync(
    process.execPath,
    [MAIN, 'modules', '--sandbox-modules-dir', moduleDir, ...args],
    { encoding: 'utf8', env: { MODULES: ALLOWED }, timeout: 25_000 },
  );
  return stdout;
}

it('runtime.modules tells names, versions, and what loads; and the log what is not installed or does not load', async () => {
  const service = new Binary(['--port', '0', '--sandbox-modules-dir', moduleDir], { MODULES: ALLOWED });
  const client = await DuplexClient.connect(await service.listens());
  // At the start, before anybody asks.
  await service.says(/MODULES names throws, which does not load: not\b/);
  const { modules } = (await client.call('runtime.modules')) as { modules: { name: string }[] };
  expect(ours(modules)).toEqual(STATES);
  await service.says(/MODULES names what is not installed: gone\b/);
  await client.close();
  service.kill('SIGTERM');
  await service.ended();
});

it('what a pattern lets through is loaded while the service is idle, after SIGHUP too, and the log says what does not load', async () => {
  const service = new Binary(['--port', '0', '--sandbox-modules-dir', moduleDir], { MODULES: '*' });
  await service.listens();
  const said = /lets through, \d+ do not load [^"]*\bnative, [^"]*\bthrows\b/g;
  await service.says(new RegExp(said.source));
  service.kill('SIGHUP');
  await service.says(new RegExp(`${said.source}[^]*${said.source}`));
  service.kill('SIGTERM');
  expect(await service.ended()).toBe(0);
});

it('javascriptd modules prints the same, as a table or as JSON', () => {
  expect(ours(JSON.parse(printed('--json')))).toEqual(STATES.map((state) => expect.objectContaining(state)));
  const [head, ...rows] = printed()
    .split('\n')
    .map((line) => line.split(/ {2,}/));
  expect(head).toEqual(['PACKAGE', 'VERSION', 'ALLOWED', 'CONTEXT', 'PROCESS', 'WHY NOT']);
  expect(rows.filter(([name = '']) => OURS.has(name))).toEqual([
    ['awaits', '1.0.0', 'yes', 'yes', 'yes'],
    ['good', '1.2.3', 'yes', 'yes', 'yes'],
    ['kept-back', '2.0.0', 'no', '-', '-'],
    ['native', '1.0.0', 'yes', 'NO', 'NO', expect.stringMatching(/native add-on.*; at level process: /)],
    [
      'opens',
      '1.0.0',
      'yes',
      'NO',
      'yes',
      expect.stringMatching(/^v8\.serialize .* works at isolation level process$/),
    ],
    ['throws', '1.0.0', 'yes', 'NO', 'NO', 'not today'],
  ]);
});
