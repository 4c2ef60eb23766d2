/** Streaming, cancelling, calling back, and limits for each call: over the real socket. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Binary } from '../support/binary.js';
import { runnerPids } from '../support/processes.js';
import { RawClient } from '../support/raw-client.js';
import { until } from '../support/until.js';

let service: Binary;
let url: string;
let client: RawClient;
let lastId = 0;

beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '5000']);
  url = await service.listens();
});

afterAll(async () => {
  service.kill('SIGTERM');
  await service.ended();
});

beforeEach(async () => {
  client = await RawClient.greet(url);
});

afterEach(() => client.close());

interface Frame {
  readonly type: string;
  readonly id: number;
  readonly method?: string;
  readonly more?: boolean;
  readonly payload?: Record<string, unknown>;
  readonly error?: { readonly code: number; readonly data: Record<string, unknown> };
}

function execute(code: string, options: object, call = 'f'): number {
  const id = ++lastId;
  client.send(
    JSON.stringify({ type: 'req', method: 'runtime.execute', id, payload: { code, call, options } }),
  );
  return id;
}

const next = async (): Promise<Frame> => JSON.parse(await client.next()) as Frame;

function reply(id: number, answer: object): void {
  client.send(JSON.stringify({ type: 'rep', id, ...answer }));
}

function cancel(id: number): number {
  const own = ++lastId;
  client.send(JSON.stringify({ type: 'req', method: 'runtime.cancel', id: own, payload: { id } }));
  return own;
}

describe('a streamed console', () => {
  it('comes line by line, with its levels, from a script that never ends, and whole in the end', async () => {
    const levels = ['log', 'debug', 'info', 'warn', 'error', 'trace'];
    const lines = levels.map((level) => `console.${level}('${level}')`).join('; ');
    const id = execute(`${lines}; for (;;);`, { stream: true, timeout: 1000 });
    for (const level of levels) {
      const { payload, more } = await next();
      expect(more).toBe(true);
      // That of `trace` says more.
      const text: unknown = expect.stringContaining(level);
      expect(payload).toEqual({ console: { level, time: expect.any(Number), text } });
    }
    const { error, more } = await next();
    expect(more).toBeUndefined();
    expect([id, error?.code, error?.data['limit']]).toEqual([lastId, 1002, 'wall']);
    expect(error?.data['console']).toHaveLength(levels.length);
  });

  it('is cut with a line that says so', async () => {
    execute('for (let i = 0; i < 9; i++) console.log(i); function f(cb) { cb(1) }', {
      stream: true,
      console: { lines: 2 },
    });
    const texts = [];
    for (let frame = await next(); frame.more === true; frame = await next())
      texts.push(frame.payload?.['console']);
    expect(texts).toMatchObject([{ text: '0' }, { text: '1' }, { text: '[console cut after 2 lines]' }]);
  });

  it('that floods waits for a client that reads slowly, and harms nobody else', async () => {
    const other = await RawClient.greet(url);
    execute("for (;;) console.log('x'.repeat(10_000))", { stream: true, timeout: 1500 });
    client.socket.pause();
    for (let i = 0; i < 5; i++) {
      other.send(
        JSON.stringify({
          type: 'req',
          method: 'runtime.execute',
          id: i,
          payload: { code: 'function f(cb) { cb(1) }', call: 'f' },
        }),
      );
      expect(JSON.parse(await other.next())).toMatchObject({ id: i, payload: { value: 1 } });
    }
    client.socket.resume();
    let frame = await next();
    while (frame.more === true) frame = await next();
    expect(frame.error?.code).toBe(1002);
    await other.close();
  });
});

describe('cancelling', () => {
  it('ends an endless loop, answers it 1004 with its console, and replaces its runner', async () => {
    const before = new Set(runnerPids(service.process.pid));
    const id = execute("console.log('so far'); for (;;);", { stream: true });
    await next();
    const own = cancel(id);
    const frames = [await next(), await next()].toSorted((a, b) => a.id - b.id);
    expect(frames).toEqual([
      { type: 'rep', id, error: { code: 1004, message: 'Cancelled', data: { console: ['so far'] } } },
      { type: 'rep', id: own, payload: { cancelled: true } },
    ]);
    await until(() => [...before].some((pid) => !runnerPids(service.process.pid).includes(pid)));
  });

  it('ends nothing of another connection', async () => {
    const other = await RawClient.greet(url);
    const id = execute("console.log(1); function f(cb) { setTimeout(cb, 300, 'done') }", { stream: true });
    await next();
    other.send(JSON.stringify({ type: 'req', method: 'runtime.cancel', id: 1, payload: { id } }));
    expect(JSON.parse(await other.next())).toEqual({ type: 'rep', id: 1, payload: { cancelled: false } });
    expect((await next()).payload?.['value']).toBe('done');
    await other.close();
  });

  it('comes with a closed connection, but for who asked to be kept running', async () => {
    execute('console.log(1); for (;;);', { stream: true });
    await next();
    const before = new Set(runnerPids(service.process.pid));
    await client.close();
    await until(() => [...before].some((pid) => !runnerPids(service.process.pid).includes(pid)));
    client = await RawClient.greet(url);
    execute('console.log(1); function f(cb) { setTimeout(cb, 2000, 1) }', {
      stream: true,
      keepRunning: true,
    });
    await next();
    await client.close();
    client = await RawClient.greet(url);
    const metrics = await (await fetch(`${url.replace('ws:', 'http:')}/metrics`)).text();
    expect(metrics).toMatch(/^javascriptd_executions_in_flight 1$/m);
  });
});

describe('calling back', () => {
  it('gives the script what the client answers, value or error, also many at once', async () => {
    execute(
      `async function f() {
        const all = await Promise.allSettled([1, 2, 3].map((n) => host.twice(n)));
        return all.map(({ value, reason }) => value ?? [reason.name, reason.code, reason.message, reason.data, reason instanceof Error]);
      }`,
      { functions: ['twice'] },
    );
    for (let i = 0; i < 3; i++) {
      const { id, method, payload } = await next();
      expect(method).toBe('twice');
      const [n] = payload as unknown as [number];
      if (n === 3) reply(id, { error: { code: 7, message: 'no three', data: [n] } });
      else reply(id, { payload: 2 * n });
      // A second answer, and an answer to nothing, are ignored.
      reply(id, { payload: 'again' });
      reply(999, { payload: 'nobody asked' });
    }
    expect((await next()).payload?.['value']).toEqual([2, 4, ['HostError', 7, 'no three', [3], true]]);
  });

  it('fails for what JSON cannot carry, in the script', async () => {
    execute('async function f() { try { await host.g(1n) } catch (error) { return error.name } }', {
      functions: ['g'],
    });
    expect((await next()).payload?.['value']).toBe('TypeError');
  });

  it('offers nothing but what was named, and nothing to the next script', async () => {
    execute('function f(cb) { cb([Object.keys(host), Object.keys(host.db), typeof host.db.drop]) }', {
      functions: ['charge', 'db.find'],
    });
    expect((await next()).payload?.['value']).toEqual([['charge', 'db'], ['find'], 'undefined']);
    execute('function f(cb) { cb(typeof host) }', {});
    expect((await next()).payload?.['value']).toBe('undefined');
  });

  it('counts towards the deadline, unless it pauses it', async () => {
    for (const hostTime of ['counts', 'pauses'] as const) {
      execute('async function f() { return await host.slow() }', {
        functions: ['slow'],
        timeout: 200,
        hostTime,
      });
      const { id } = await next();
      await sleep(500);
      reply(id, { payload: 'late' });
      const { payload, error } = await next();
      expect(payload?.['value'] ?? error?.code).toBe(hostTime === 'counts' ? 1002 : 'late');
    }
  });

  it('does not let a script compute for ever while its deadline stands still', async () => {
    execute('function f() { void host.slow(); for (;;); }', {
      functions: ['slow'],
      timeout: 300,
      hostTime: 'pauses',
    });
    await next();
    expect((await next()).error).toMatchObject({ code: 1002, data: { limit: 'cpu' } });
  });

  it('has a bound for what is under way at once', async () => {
    execute(
      'async function f() { const all = await Promise.allSettled(Array.from({ length: 65 }, () => host.g())); return all.at(-1).reason.message }',
      { functions: ['g'] },
    );
    const ids: number[] = [];
    while (ids.length < 64) ids.push((await next()).id);
    for (const id of ids) reply(id, { payload: 1 });
    expect((await next()).payload?.['value']).toBe('too many calls of the host at once');
  });
});

describe('options', () => {
  it('narrow the limits, and tell the usage', async () => {
    execute('function f(cb) { cb("x".repeat(100)) }', { result: 50 });
    expect((await next()).error).toMatchObject({ code: 1003, data: { limit: 'result' } });
    execute('function f() { for (;;); }', { cpu: 200 });
    expect((await next()).error).toMatchObject({ code: 1002, data: { limit: 'cpu' } });
    execute('function f(cb) { const a = []; for (;;) a.push(new Uint8Array(1e6).fill(1)) }', { memory: 128 });
    expect((await next()).error).toMatchObject({ code: 1003, data: { limit: 'memory' } });
    execute('function f(cb) { cb(require("path").sep) }', { modules: ['lodash'] });
    expect((await next()).error).toMatchObject({ code: 1000 });
    execute('function f(cb) { cb(1) }', { isolation: 'process' });
    expect((await next()).payload).toMatchObject({ value: 1, usage: { run: expect.any(Number) } });
  });

  it('that are wrong are named, and nothing runs', async () => {
    const wrong = {
      stream: 1,
      functions: ['a b', 'db', 'db.find'],
      timeout: 1.5,
      cpu: -1,
      console: { lines: 'x', colour: 1 },
      isolation: 'none',
      modules: 'all',
      hostTime: 'free',
      speed: 9,
    };
    execute('console.log(1)', wrong);
    const { error } = await next();
    expect(error?.code).toBe(1100);
    const fields = JSON.stringify(error?.data['fields']);
    for (const name of [
      'stream',
      'functions',
      'timeout',
      'cpu',
      'console.lines',
      'console.colour',
      'isolation',
      'modules',
      'hostTime',
      'speed',
    ])
      expect(fields).toContain(`"options.${name}"`);
    execute('', { timeout: 5001 });
    expect((await next()).error?.data).toEqual({
      fields: [{ field: 'options.timeout', problem: 'must be at most 5000' }],
    });
  });
});
