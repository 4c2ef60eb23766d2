/** The upstream README's own example, with the packages that it installs. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Binary } from '../support/binary.js';
import { DuplexClient } from '../support/duplex-client.js';
import { README_CALLER } from '../support/readme-caller.js';

const MODULES_DIR = fileURLToPath(new URL('../../node_modules', import.meta.url));

let service: Binary;
let client: DuplexClient;

async function start(
  environment: Record<string, string>,
  args = ['--sandbox-modules-dir', MODULES_DIR],
): Promise<void> {
  service = new Binary(['--port', '0', ...args], environment);
  client = await DuplexClient.connect(await service.listens());
}

async function stop(): Promise<void> {
  await client.close();
  service.kill('SIGTERM');
  await service.ended();
}

const execute = (code: string, rest: object = {}): Promise<unknown> =>
  client.call('runtime.execute', { code, call: 'f', ...rest });

describe('packages that the operator installed', () => {
  // One runner process for all calls: what one left there, the next would see.
  beforeAll(() => start({ SANDBOX_MIN_RUNNERS: '1', MAX_CONCURRENCY: '1' }));
  afterAll(stop);

  it("run the README's caller: a Github client, authenticated, the event, and the callback", async () => {
    const result = await execute(
      'function f(github, event, cb) { console.log(event.action); cb([typeof github.repos.get, event.id]) }',
      { globals: { secrets: { token: 't' }, event: { id: 7, action: 'push' } }, caller: README_CALLER },
    );
    expect(result).toEqual({ value: ['function', 7], console: ['push'], time: expect.any(Number) });
  });

  it('do something real, each of them', async () => {
    for (const [body, value] of [
      ['cb(require("lodash").chunk([1, 2, 3], 2))', [[1, 2], [3]]],
      ['cb(require("lodash/fp/add")(1)(2))', 3],
      ['cb(require("moment").utc(0).format("YYYY"))', '1970'],
      ['require("bluebird").delay(5).then(() => cb("later"))', 'later'],
      ['cb(typeof new (require("circleci"))({ auth: "a" }).getUser)', 'function'],
    ] as const) {
      expect(await execute(`function f(cb) { ${body} }`)).toMatchObject({ value });
    }
  });

  it('are each of one call: what a script changes in one, the next does not see', async () => {
    await execute('function f(cb) { require("lodash").chunk = 5; require("path").join = 6; cb() }');
    const next = await execute(
      'function f(cb) { cb([typeof require("lodash").chunk, typeof require("path").join]) }',
    );
    expect(next).toMatchObject({ value: ['function', 'function'] });
  });
});

describe('packages', () => {
  afterEach(stop);

  it('are listed again on SIGHUP, those of folders that were missing at the start too', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'modules-'));
    const folder = join(dir, 'later', 'node_modules');
    await start({ SANDBOX_MODULES_DIR: dir, NODE_PATH: folder, SANDBOX_MIN_RUNNERS: '1' }, []);
    const attempt = `function f(cb) {
      cb(['late', 'later'].map((id) => { try { return require(id) } catch (e) { return e.code } }))
    }`;
    expect(await execute(attempt)).toMatchObject({ value: ['MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'] });
    for (const path of [join(dir, 'late'), join(folder, 'later')]) {
      mkdirSync(path, { recursive: true });
      writeFileSync(join(path, 'package.json'), JSON.stringify({ name: basename(path), version: '1.0.0' }));
      writeFileSync(join(path, 'index.js'), 'module.exports = "here"');
    }
    service.kill('SIGHUP');
    await service.says(/read the lists of installed packages again/);
    expect(await execute(attempt)).toMatchObject({ value: ['here', 'here'] });
    rmSync(dir, { recursive: true });
  });

  it.each([
    [
      'lodash',
      {
        lodash: null,
        moment: 'ERR_MODULE_NOT_ALLOWED',
        path: 'ERR_MODULE_NOT_ALLOWED',
        nope: 'MODULE_NOT_FOUND',
      },
    ],
    ['none', { lodash: 'ERR_MODULE_NOT_ALLOWED', 'node:path': 'ERR_MODULE_NOT_ALLOWED' }],
    ['@nestjs/*,os', { '@nestjs/x': 'MODULE_NOT_FOUND', lodash: 'ERR_MODULE_NOT_ALLOWED', os: null }],
    [
      '*',
      {
        fs: 'ERR_MODULE_NOT_ALLOWED',
        'node:path': null,
        './lodash': 'MODULE_NOT_FOUND',
        '/etc/passwd': 'MODULE_NOT_FOUND',
      },
    ],
  ])('are under the allowlist: MODULES=%s', async (modules, codes) => {
    await start({ MODULES: modules, SANDBOX_MIN_RUNNERS: '1' });
    const body =
      'cb(Object.fromEntries(ids.map((id) => { try { require(id); return [id, null] } catch (e) { return [id, e.code] } })))';
    const result = await execute(`function f(cb) { ${body} }`, { globals: { ids: Object.keys(codes) } });
    expect(result).toMatchObject({ value: codes });
  });
});
