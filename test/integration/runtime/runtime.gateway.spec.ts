import { EventEmitter, once } from 'node:events';
import { ValidationPipe } from '@nestjs/common';
import { ModuleAllowlistProvider } from '../../../src/sandbox/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { globalsOf, untilCancelled } from '../../support/fake-sandbox.js';
import { RawClient } from '../../support/raw-client.js';
import { RuntimeApp } from '../../support/runtime-app.js';

const code = 'function f(cb) { cb(1) }';

describe('runtime.execute over a socket', () => {
  let app: RuntimeApp;
  let client: DuplexClient;

  beforeEach(async () => {
    app = await RuntimeApp.start({ timeoutMs: 777, sandbox: { modules: ['lodash'] } });
    client = await DuplexClient.connect(app.url);
  });

  afterEach(async () => {
    await client.close();
    await app.close();
  });

  it('answers value, console and time', async () => {
    expect(await client.call('runtime.execute', { code, call: 'f' })).toEqual({
      value: 42,
      console: ['hello'],
      time: 1,
    });
  });

  it('gives the sandbox the script of the frame and the allowance of the settings', async () => {
    const script = {
      code,
      globals: { a: [1, { b: null }] },
      call: 'f',
      caller: '(function (f, cb) { f(cb) })',
    };
    await client.call('runtime.execute', { ...script, unknown: true });
    const executions = app.sandbox.executions.map((execution) => ({
      ...execution,
      script: { ...execution.script, globals: globalsOf(execution.script) },
    }));
    expect(executions).toEqual([
      {
        script: expect.objectContaining(script),
        tenant: 'default',
        modules: ['lodash'],
        modulesFrom: 'setting',
        timeoutMs: 777,
        takesText: true,
      },
    ]);
    expect(app.sandbox.executions[0]?.script).not.toHaveProperty('unknown');
  });

  it('answers what a script threw', async () => {
    app.sandbox.answer = () => ({
      kind: 'threw',
      thrown: { name: 'RangeError', message: 'too far', stack: 'RangeError: too far', line: 1, column: 2 },
      console: ['before'],
    });
    await expect(client.call('runtime.execute', { code })).rejects.toMatchObject({
      code: 1000,
      message: 'RangeError',
      data: { message: 'too far', stack: 'RangeError: too far', line: 1, column: 2, console: ['before'] },
    });
  });

  it('answers 1203 without detail when the sandbox itself is broken', async () => {
    app.sandbox.answer = () => {
      throw new Error('internal detail');
    };
    const call = client.call('runtime.execute', { code });
    await expect(call).rejects.toMatchObject({ code: 1203, message: 'Internal', data: undefined });
  });

  it.each([
    ['no payload', undefined, 'payload'],
    ['payload null', null, 'payload'],
    ['payload text', 'code', 'payload'],
    ['payload []', [], 'payload'],
    ['no code', {}, 'code'],
    ['code number', { code: 1 }, 'code'],
    ['globals array', { code, globals: [] }, 'globals'],
    ['caller true', { code, caller: true }, 'caller'],
  ])('answers 1100 to a bad script (%s) and serves the next', async (_, payload, field) => {
    await expect(client.call('runtime.execute', payload)).rejects.toMatchObject({
      code: 1100,
      message: 'Invalid script',
      data: { fields: [{ field, problem: expect.stringMatching(/^must be /) }] },
    });
    expect(app.sandbox.executions).toEqual([]);
    expect(await client.call('runtime.execute', { code })).toHaveProperty('value', 42);
  });

  it('hands on globals of any depth', async () => {
    const depth = 100_000;
    const deep = '[null,'.repeat(depth) + '0' + ']'.repeat(depth);
    app.sandbox.answer = ({ script }) => ({
      kind: 'returned',
      value: Object.keys(globalsOf(script)),
      console: [],
      timeMs: 0,
    });
    const raw = await RawClient.greet(app.url);
    raw.send(
      `{"type":"req","method":"runtime.execute","id":1,"payload":{"code":"","globals":{"deep":${deep}}}}`,
    );
    expect(await raw.nextMessage()).toHaveProperty('payload.value', ['deep']);
    await raw.close();
  });

  it('answers calls in the order in which they end', async () => {
    const test = new EventEmitter();
    app.sandbox.answer = async ({ script }) => {
      if (script.call === 'slow') await once(test, 'go on');
      return { kind: 'returned', value: script.call, console: [], timeMs: 0 };
    };
    const first = client.call('runtime.execute', { code, call: 'slow' });
    expect(await client.call('runtime.execute', { code, call: 'fast' })).toHaveProperty('value', 'fast');
    test.emit('go on');
    expect(await first).toHaveProperty('value', 'slow');
  });

  it('cancels the executions of a client that went away', async () => {
    const test = new EventEmitter();
    const started = once(test, 'started');
    app.sandbox.answer = (execution, cancelled) => {
      test.emit('started', cancelled);
      return untilCancelled(execution, cancelled);
    };
    const call = client.call('runtime.execute', { code }).catch((error: unknown) => error);
    const [signal]: AbortSignal[] = await started;
    if (signal === undefined) throw new Error('the execution cannot be cancelled');
    expect(signal.aborted).toBe(false);
    const aborted = once(signal, 'abort');
    await client.close();
    await aborted;
    expect(String(await call)).toContain('connection closed');
  });
});

describe('an application with a global ValidationPipe', () => {
  it('does not have it walk the globals', async () => {
    const app = await RuntimeApp.start({
      globalPipes: [new ValidationPipe({ transform: true, whitelist: true })],
    });
    const client = await DuplexClient.connect(app.url);
    const globals = { nested: { constructor: 1, list: [{ a: 1 }] } };
    await client.call('runtime.execute', { code, globals });
    expect(app.sandbox.executions.map(({ script }) => globalsOf(script))).toEqual([globals]);
    await client.close();
    await app.close();
  });
});

describe('an application with its own allowlist', () => {
  it('asks it for each call', async () => {
    let lists = 0;
    class OwnAllowlist extends ModuleAllowlistProvider {
      override modulesFor(tenant: string): readonly string[] {
        lists += 1;
        return [`${tenant}-${lists}`];
      }
    }
    const app = await RuntimeApp.start({ sandbox: { allowlist: OwnAllowlist } });
    const client = await DuplexClient.connect(app.url);
    await client.call('runtime.execute', { code });
    await client.call('runtime.execute', { code });
    expect(app.sandbox.executions.map(({ modules }) => modules)).toEqual([['default-1'], ['default-2']]);
    await client.close();
    await app.close();
  });
});
