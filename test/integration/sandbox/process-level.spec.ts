/** Level `process`: the script lives in the realm of a real Node, whose builtins and loader it has. */
import { readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import {
  SandboxGuarantees,
  type Execution,
  type Outcome,
  type SandboxOptions,
} from '../../../src/sandbox/index.js';
import { installFixtures } from '../../support/modules.js';
import { SandboxApp } from '../../support/sandbox-app.js';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

const manifest = (name: string, more: object = {}): string =>
  JSON.stringify({ name, version: '1.0.0', ...more });

/** A native add-on that is there wherever this repository is installed: a part of jest's resolver. */
function addonFolder(): string | undefined {
  const scope = join(MODULES, '@unrs');
  const name = readdirSync(scope).find((folder) => folder.startsWith('resolver-binding-'));
  return name === undefined ? undefined : join(scope, name);
}

const addon = addonFolder();
const moduleDir = installFixtures({
  'reader/package.json': manifest('reader'),
  'reader/own.txt': 'its own file',
  'reader/index.js': `
    const fs = require('fs');
    exports.own = fs.readFileSync(require('path').join(__dirname, 'own.txt'), 'utf8');
    exports.outside = () => fs.readFileSync('/etc/passwd', 'utf8');
    exports.write = () => fs.writeFileSync(__filename, '');
    exports.exists = () => fs.existsSync('/etc/passwd');
    exports.list = [1, 2];
    exports.fail = () => { throw new RangeError('in the package'); };`,
  'esm-only/package.json': manifest('esm-only', { type: 'module', exports: './index.js' }),
  'esm-only/index.js': `export const name = new URL(import.meta.url).protocol; export default class {};`,
  ...(addon !== undefined && { 'native-addon': { link: addon } }),
});

let app: SandboxApp;

async function start(options: Partial<SandboxOptions> = {}): Promise<void> {
  app = await SandboxApp.start({
    isolation: 'process',
    minRunners: 2,
    maxRunners: 4,
    moduleDirs: [moduleDir],
    ...options,
  });
}

function value(outcome: Outcome): unknown {
  if (outcome.kind !== 'returned') throw new Error(JSON.stringify(outcome));
  return outcome.value;
}

async function run(body: string, more?: Partial<Execution>): Promise<unknown> {
  return value(await app.run(body, more));
}

function thrown(outcome: Outcome): string {
  return outcome.kind === 'threw' ? outcome.thrown.message : JSON.stringify(outcome);
}

describe('level process', () => {
  beforeAll(() => start());
  afterAll(() => app.close());

  it('gives Node’s own builtins', async () => {
    expect(
      await run(`
        const { EventEmitter } = require('events');
        cb([
          require('node:stream').Readable.prototype instanceof EventEmitter,
          require('util').types.isExternal.toString().includes('[native code]'),
          require('crypto').createHash === require('node:crypto').createHash,
          process.versions.node.split('.').length,
        ])`),
    ).toEqual([true, true, true, 3]);
  });

  it('gives packages the script’s own classes', async () => {
    expect(
      await run(`
        const { list, fail } = require('reader');
        try { fail() } catch (error) { cb([list instanceof Array, error instanceof RangeError]) }`),
    ).toEqual([true, true]);
  });

  it('loads ES modules with require and with import', async () => {
    const body = `import('esm-only').then(({ name, default: Class }) =>
      cb([name, require('esm-only').default === Class]))`;
    expect(await run(body)).toEqual(['file:', true]);
  });

  it('runs a module, whose imports find each property of a CommonJS package', async () => {
    const code = `import { list } from 'reader';
      import reader from 'reader';
      export async function f() { return [list, reader.list === list, import.meta.url]; }`;
    const script = { code, globals: {}, call: 'f', caller: undefined };
    expect(await run('', { script })).toEqual([[1, 2], true, 'file:///script.js']);
  });

  it('lets a package read its own files, and no others, and write none', async () => {
    const body = `
      const reader = require('reader');
      const codes = ['outside', 'write'].map((name) => { try { return reader[name]() } catch ({ code }) { return code } });
      cb([reader.own, ...codes])`;
    const [own, ...codes] = (await run(body)) as string[];
    expect(own).toBe('its own file');
    for (const code of codes) expect(code).toMatch(/^(?:ERR_ACCESS_DENIED|EACCES|ENOENT|EPERM|EROFS|EFBIG)$/);
  });

  it('says of the package in a stack, not of its path; and where the script is', async () => {
    const outcome = await app.run(`\n  require('reader').fail()`);
    expect(outcome).toMatchObject({ kind: 'threw', thrown: { name: 'RangeError', line: 2, column: 21 } });
    const { stack = '' } = outcome.kind === 'threw' ? outcome.thrown : {};
    expect(stack).toContain('npm:reader@1.0.0/index.js');
    expect(stack).not.toMatch(/node:|file:|\/modules-/);
  });

  it.each([
    'fs',
    'child_process',
    'net',
    'worker_threads',
    'vm',
    'process',
    'module',
    'inspector',
    'cluster',
  ])('gives no %s that the operator has not named, whatever the script asks', async (name) => {
    expect(thrown(await app.run(`require('${name}')`))).toMatch(/has to be named in the setting MODULES/);
    expect(await run(`cb(typeof process.getBuiltinModule?.('${name}'))`)).toBe('undefined');
    const body = `import('node:${name}').then(() => cb('got'), ({ code }) => cb(code))`;
    expect(await run(body)).toBe('ERR_MODULE_NOT_ALLOWED');
  });

  it('gives one that is named', async () => {
    expect(await run(`cb(typeof require('fs').readFileSync)`, { modules: ['fs'] })).toBe('function');
  });

  it('tells what is not installed from what is not allowed', async () => {
    expect(thrown(await app.run(`require('nowhere')`))).toMatch(
      /^Cannot find module 'nowhere': it is not inst/,
    );
    const refused = await app.run(`require('reader')`, { modules: ['path'] });
    expect(thrown(refused)).toMatch(/^Module 'reader' is not allowed here/);
  });

  it.each([
    ['http', `require('http').get('http://127.0.0.1:5/').on('error', (error) => cb(error.code))`],
    ['https', `require('https').get('https://localhost/').on('error', (error) => cb(error.code))`],
    ['fetch', `fetch('http://localhost:5000/').catch(({ cause }) => cb(cause.code))`],
    ['net', `require('net').connect(5, '127.0.0.1').on('error', (error) => cb(error.code))`],
    ['net.Server', `require('net').createServer().listen(0).on('error', (error) => cb(error.code))`],
    ['dgram', `require('dgram').createSocket('udp4').on('error', (error) => cb(error.code)).send('x', 5)`],
    ['dns', `require('dns').lookup('localhost', (error) => cb(error.code))`],
    ['dns/promises', `require('dns/promises').resolve4('localhost').catch((error) => cb(error.code))`],
    ['tls', `require('tls').connect(5).on('error', (error) => cb(error.code))`],
  ])('reaches no network through Node’s own %s, and says so', async (_, body) => {
    expect(await run(body, { modules: ['*', 'net', 'dgram', 'dns', 'tls'] })).toBe('ERR_EGRESS_OFF');
  });

  it('writes what a script prints to its console, whichever way', async () => {
    const outcome = await app.run(`
      console.log('a', { b: 1 }); console.error('c');
      process.stdout.write('d\\ne'); process.stdout.write('f\\n'); require('console').info('g'); cb(1)`);
    expect(outcome).toMatchObject({ console: ['a { b: 1 }', 'c', 'd', 'ef', 'g'] });
  });

  it.each([
    ['a timer', `setTimeout(() => { throw new TypeError('late') }, 1)`],
    ['a promise', `Promise.reject(new TypeError('late'))`],
    ['an emitter', `new (require('events'))().emit('error', new TypeError('late'))`],
  ])('answers with what nobody caught: of %s', async (_, body) => {
    expect(thrown(await app.run(body))).toBe('late');
  });

  it.each(['exit', 'reallyExit', 'abort'])('ends no process for process.%s', async (name) => {
    const message = `process.${name} is not available in this sandbox`;
    expect(thrown(await app.run(`process.${name}(1)`))).toBe(message);
    expect(thrown(await app.run(`setTimeout(() => process.${name}(1), 1)`))).toBe(message);
  });

  it.each([
    [
      'removes all listeners',
      `process.removeAllListeners(); process.removeAllListeners('uncaughtException')`,
    ],
    ['listens itself', `process.on('uncaughtException', () => {}).on('unhandledRejection', () => {})`],
    ['has a domain', `require('domain').create().on('error', () => cb('of the domain')).enter()`],
  ])('answers with what nobody caught, where the script %s', async (does, act) => {
    const modules = ['*', 'domain'];
    const late = thrown(
      await app.run(`${act}; setTimeout(() => { throw new Error('late') }, 1)`, { modules }),
    );
    expect(late).toContain(does === 'has a domain' ? 'of the domain' : 'late');
    if (does === 'has a domain') return;
    expect(thrown(await app.run(`${act}; Promise.reject(new Error('late'))`, { modules }))).toBe('late');
  });

  it.each([
    ['when the process ends', `process.on('exit', () => { throw 1 }); cb('answer')`],
    ['after the answer', `setInterval(() => console.log('tick'), 1); cb('answer')`],
  ])('answers whatever the script does %s', async (_, body) => {
    expect(await app.run(body)).toMatchObject({ kind: 'returned', value: 'answer', console: [] });
  });

  it('counts the time of a timer from its start, however long the process had waited', async () => {
    await sleep(200);
    expect(
      await run(`const begun = Date.now(); setTimeout(() => cb(Date.now() - begun), 100)`),
    ).toBeGreaterThanOrEqual(95);
  });

  it('gives its globals as Node does, and by the main module no more than by require', async () => {
    const body = `
      globalThis.WebSocket = 1;
      try { process.mainModule.require('net') } catch ({ code }) { cb([typeof fetch, fetch.name, WebSocket, code]) }`;
    expect(await run(body)).toEqual(['function', 'fetch', 1, 'ERR_MODULE_NOT_ALLOWED']);
  });

  it('answers one script after another faster than processes become ready', async () => {
    const bodies = Array.from({ length: 12 }, (_, i) => `fetch('http://localhost:5/').catch(() => cb(${i}))`);
    expect(await Promise.all(bodies.map((body) => run(body)))).toEqual([...bodies.keys()]);
  });

  it.each(['fetch', 'setTimeout', 'structuredClone', 'require', 'Buffer', 'hasOwnProperty'])(
    'takes %s for no function of the script',
    async (call) => {
      const script = { code: '', globals: {}, call, caller: undefined };
      expect(await app.run('', { script })).toMatchObject({ kind: 'missing' });
    },
  );

  it('answers a script whose globals stand in the place of the language’s own', async () => {
    const globals = {
      Object: 1,
      Array: 2,
      JSON: 3,
      Map: 4,
      Symbol: 'AAPL',
      Promise: 5,
      process: 6,
      Buffer: 7,
    };
    const script = { code: `function f(cb) { cb([Symbol, JSON]) }`, globals, call: 'f', caller: undefined };
    expect(await run('', { script })).toEqual(['AAPL', 3]);
  });

  it('loads no native add-on by default, and names the setting', async () => {
    if (addon === undefined) return;
    const name = JSON.stringify('native-addon');
    expect(thrown(await app.run(`require(${name})`))).toContain('the setting SANDBOX_ADDONS enables them');
  });
});

describe('native add-ons', () => {
  it('load at level process where the operator lets them', async () => {
    if (addon === undefined) return;
    await start({
      addons: true,
      moduleDirs: [moduleDir, dirname(dirname(addon))],
      maxMemoryBytes: 512 * 2 ** 20,
    });
    try {
      expect(value(await app.run(`cb(typeof require('native-addon').ResolverFactory)`))).toBe('function');
    } finally {
      await app.close();
    }
  });
});

describe('an execution that asks for level process', () => {
  it('has Node’s own realm only where the operating system holds that, and others have contexts', async () => {
    await start({ isolation: 'context' });
    try {
      const body = `cb(typeof process)`;
      const { guarantees } = app.module.get(SandboxGuarantees).report ?? { guarantees: [] };
      const isHeld = guarantees.every(
        ({ guarantee, enforced }) => enforced || !['files', 'network', 'processes'].includes(guarantee),
      );
      expect(value(await app.run(body))).toBe('undefined');
      expect(value(await app.run(body, { isolation: 'process' }))).toBe(isHeld ? 'object' : 'undefined');
      expect(value(await app.run(body))).toBe('undefined');
    } finally {
      await app.close();
    }
  });
});
