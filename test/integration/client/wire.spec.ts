/** How the client handles a service's frames: streaming, cancelling, host functions, retries and failures. */
import { getEventListeners, once } from 'node:events';
import { createServer } from 'node:net';
import {
  connect,
  NotConnectedError,
  RefusedError,
  ShuttingDownError,
  type Client,
  type ConsoleLine,
} from '../../../src/client/index.js';
import { SimplexServer, type Frame, type ServerConnection } from '../../support/simplex-server.js';
import { until } from '../../support/until.js';

let server: SimplexServer;
let run: Client;

beforeEach(async () => {
  server = await SimplexServer.listen();
  run = connect(server.url);
});

afterEach(async () => {
  await run.close();
  await server.stop();
});

const RESULT = { value: 1, console: [], time: 1 };
const script = { code: 'x', call: 'f' };
const thrown = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  );

/** Sets how the test service answers frames. */
function answer(with_: (frame: Frame, connection: ServerConnection) => void): void {
  server.onFrame = with_;
}

/** Sets up a service whose scripts run until they are cancelled. */
function cancels(): void {
  answer(({ id, method, payload }, connection) => {
    if (method !== 'runtime.cancel') return;
    connection.reply(id, { cancelled: true });
    connection.fail(Number(payload?.['id']), 1004, 'Cancelled', { console: ['so far'] });
  });
}

/** Has the script call a host function. @returns its result or error */
async function call(functions: object, method: string, payload: unknown): Promise<unknown> {
  let execution = 0;
  answer((frame, connection) => {
    if (frame.type === 'rep') {
      const { payload: value, error } = frame;
      connection.reply(execution, { ...RESULT, value: error ?? value });
      return;
    }
    execution = frame.id;
    connection.send({ type: 'req', id: 'own-7', method, payload, ext: { execution } });
  });
  return (await run.execute({ ...script, functions: functions as never })).value;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('an execute request', () => {
  it('has options only if the caller sets some', async () => {
    answer(({ id }, connection) => connection.reply(id, RESULT));
    await run.execute(script);
    await run.execute({ ...script, options: { timeout: 5, isolation: 'process' } });
    await run.execute({ ...script, functions: {} });
    expect(server.connections[0]?.frames.map(({ payload }) => payload)).toEqual([
      script,
      { ...script, options: { timeout: 5, isolation: 'process' } },
      script,
    ]);
  });

  it('is serialized when execute is called: later changes by the caller are not sent', async () => {
    answer(({ id }, connection) => connection.reply(id, RESULT));
    const late = connect(server.url);
    const options = { timeout: 5, console: { lines: 1 } };
    const request = { ...script, options, globals: { a: 1 }, retry: 0 };
    const execution = late.execute(request);
    const streamed = late.execute(request);
    void streamed.console;
    options.timeout = 6;
    options.console.lines = 2;
    request.globals.a = 2;
    Object.assign(request, { options: undefined, signal: AbortSignal.abort(), call: 'g' });
    await Promise.all([execution, streamed]);
    const sent = { ...script, globals: { a: 1 }, options: { timeout: 5, console: { lines: 1 } } };
    expect(server.connections.flatMap(({ frames }) => frames.map(({ payload }) => payload))).toEqual([
      sent,
      { ...sent, options: { ...sent.options, stream: true } },
    ]);
    await late.close();
  });

  it('serializes its options once', async () => {
    answer(({ id }, connection) => connection.reply(id, RESULT));
    let times = 0;
    const timeout = { toJSON: () => (times += 1) } as unknown as number;
    const execution = run.execute({ ...script, options: { timeout }, functions: { g: () => 1 } });
    void execution.console;
    expect(times).toBe(1);
    await execution;
    expect(server.connections[0]?.frames[0]?.payload?.['options']).toEqual({
      timeout: 1,
      functions: ['g'],
      stream: true,
    });
    expect(times).toBe(1);
  });

  it('resolves with the usage of the reply', async () => {
    const usage = { wall: 1, cpu: 2, memory: 3, queued: 4, started: 5, run: 6 };
    answer(({ id }, connection) => connection.reply(id, { ...RESULT, usage }));
    expect((await run.execute(script)).usage).toEqual(usage);
  });

  it('is queued beyond maxInFlight, and sent in order', async () => {
    const narrow = connect(server.url, { maxInFlight: 2 });
    let most = 0;
    const open: number[] = [];
    const seen: unknown[] = [];
    answer(({ id, payload }, connection) => {
      open.push(id);
      seen.push(payload?.['code']);
      most = Math.max(most, open.length);
      setTimeout(() => connection.reply(open.shift() ?? 0, RESULT), 2);
    });
    const codes = Array.from({ length: 9 }, (_, index) => String(index));
    await Promise.all(codes.map((code) => narrow.execute({ code })));
    expect([most, seen]).toEqual([2, codes]);
    await narrow.close();
  });

  it('is not sent if it exceeds maxFrameBytes, and other requests are not affected', async () => {
    const small = connect(server.url, { maxFrameBytes: 1000 });
    answer(({ id }, connection) => connection.reply(id, RESULT));
    const tooLong = small.execute({ code: 'ü'.repeat(500) });
    const other = small.execute(script);
    expect(await thrown(tooLong)).toMatchObject({ name: 'FrameTooLargeError', mayHaveRun: false });
    expect(await other).toEqual(RESULT);
    await small.close();
  });

  it('rejects with ReplyError after a reply with an unknown code', async () => {
    answer(({ id }, connection) => connection.fail(id, 1999, 'Later', { a: 1 }));
    expect(await thrown(run.execute(script))).toMatchObject({
      name: 'ReplyError',
      code: 1999,
      message: 'Later',
      data: { a: 1 },
      mayHaveRun: true,
    });
  });
});

describe('streaming', () => {
  const lines: readonly ConsoleLine[] = [
    { level: 'log', time: 1, text: 'one' },
    { level: 'error', time: 2, text: 'two' },
  ];

  it('is turned on by a loop in the same turn, and delivers each line before the reply', async () => {
    const execution = run.execute(script);
    const iterator = execution.console[Symbol.asyncIterator]();
    let id = 0;
    answer((frame, connection) => {
      ({ id } = frame);
      connection.more(id, { console: lines[0] });
    });
    expect(await iterator.next()).toEqual({ done: false, value: lines[0] });
    const [connection] = server.connections;
    expect(connection?.frames[0]?.payload?.['options']).toEqual({ stream: true });
    connection?.more(id, { console: lines[1] });
    expect((await iterator.next()).value).toEqual(lines[1]);
    connection?.reply(id, { value: 1, console: ['one', 'two'], time: 3 });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect((await execution).console).toEqual(['one', 'two']);
  });

  it('is off by default or with stream: false, and the lines arrive with the reply', async () => {
    answer(({ id }, connection) => connection.reply(id, { value: 1, console: ['one', 'two'], time: 3 }));
    const silent = run.execute({ ...script, options: { stream: false } });
    expect(await all(silent.console)).toEqual([{ text: 'one' }, { text: 'two' }]);
    const late = run.execute(script);
    await late;
    expect(await all(late.console)).toEqual([{ text: 'one' }, { text: 'two' }]);
    expect(server.connections[0]?.frames.map(({ payload }) => payload?.['options'])).toEqual([
      { stream: false },
      undefined,
    ]);
  });

  it('delivers the values that an async generator yields, and then its result', async () => {
    answer(({ id }, connection) => {
      connection.more(id, { value: { n: 1 } });
      connection.more(id, { console: lines[0] });
      connection.more(id, { value: null });
      connection.reply(id, { value: 'end', console: ['one'], time: 3 });
    });
    const execution = run.execute(script);
    expect(await all(execution)).toEqual([{ n: 1 }, null]);
    expect((await execution).value).toBe('end');
  });

  it('throws the script’s error after the last value, and causes no unhandled rejection', async () => {
    answer(({ id }, connection) => {
      connection.more(id, { value: 1 });
      connection.fail(id, 1000, 'RangeError', { message: 'far', console: [] });
    });
    const values: unknown[] = [];
    const loop = async (): Promise<void> => {
      for await (const value of run.execute(script)) values.push(value);
    };
    expect(await thrown(loop())).toMatchObject({ name: 'RangeError', message: 'far' });
    expect(values).toEqual([1]);
  });

  it('delivers each line to only one of two loops', async () => {
    answer(({ id }, connection) => connection.reply(id, { value: 1, console: ['a', 'b', 'c'], time: 1 }));
    const { console } = run.execute(script);
    const [left, right] = await Promise.all([all(console), all(console)]);
    expect([...left, ...right].map(({ text }) => text).toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('cancelling', () => {
  it('sends the id of the request, and rejects with the console so far', async () => {
    cancels();
    const execution = run.execute(script);
    const error = thrown(execution);
    await until(() => server.connections[0]?.frames.length === 1);
    expect(await execution.cancel('enough')).toBe(true);
    expect(await error).toMatchObject({
      name: 'CancelledError',
      console: ['so far'],
      cause: 'enough',
      mayHaveRun: true,
    });
    expect(server.connections[0]?.frames[1]).toMatchObject({
      method: 'runtime.cancel',
      payload: { id: server.connections[0]?.frames[0]?.id },
    });
    expect(await execution.cancel()).toBe(false);
  });

  it('happens when the AbortSignal aborts', async () => {
    cancels();
    const abort = new AbortController();
    const error = thrown(run.execute({ ...script, signal: abort.signal }));
    await until(() => server.connections[0]?.frames.length === 1);
    const reason = new Error('the user left');
    abort.abort(reason);
    expect(await error).toMatchObject({ name: 'CancelledError', cause: reason });
  });

  it('sends nothing if the request was not sent', async () => {
    const aborted = run.execute({ ...script, signal: AbortSignal.abort() });
    const atOnce = run.execute(script);
    const error = thrown(atOnce);
    expect(await atOnce.cancel()).toBe(true);
    expect([await thrown(aborted), await error]).toMatchObject([
      { name: 'CancelledError', mayHaveRun: false },
      { name: 'CancelledError', mayHaveRun: false },
    ]);
    await run.ready();
    answer(({ id }, connection) => connection.reply(id, RESULT));
    await run.execute(script);
    expect(server.connections[0]?.frames).toHaveLength(1);
  });

  it('leaves no listener on a signal after the script ended', async () => {
    answer(({ id }, connection) => connection.reply(id, RESULT));
    const { signal } = new AbortController();
    const execution = run.execute({ ...script, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await execution;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('host functions', () => {
  it('are listed in the options by name, groups with dots', async () => {
    expect(await call({ charge: (n: number, unit: string) => `${n} ${unit}` }, 'charge', [5, 'eur'])).toBe(
      '5 eur',
    );
    const db = {
      rows: { a: 1 } as Record<string, number>,
      find: (key: string) => Promise.resolve(db.rows[key]),
    };
    expect(await call({ db: { find: db.find }, ping: () => undefined }, 'db.find', ['a'])).toBe(1);
    expect(server.connections[0]?.frames.findLast(({ type }) => type === 'req')?.payload).toEqual({
      ...script,
      options: { functions: ['db.find', 'ping'] },
    });
    expect(await call({ ping: () => undefined }, 'ping', [])).toBe(null);
  });

  it.each([
    [
      'an error with its message',
      () => {
        throw new Error('declined');
      },
      { code: 1000, message: 'declined' },
    ],
    [
      'an error with its code and its data',
      () => Promise.reject(Object.assign(new Error('no'), { code: 7, data: { left: 2 }, secret: 'x' })),
      { code: 7, message: 'no', data: { left: 2 } },
    ],
    [
      'code 1000 if the error has a non-numeric code',
      () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })),
      { code: 1000, message: 'no' },
    ],
    ['a rejected non-error as text', () => Promise.reject(404), { code: 1000, message: '404' }],
    [
      'an error if the result cannot be serialized',
      () => 5n,
      { code: 1000, message: expect.stringContaining('BigInt') },
    ],
  ])('reply with %s', async (_, charge, error) => {
    expect(await call({ charge }, 'charge', [])).toEqual(error);
  });

  it.each(['other', 'constructor', 'toString', '__proto__', 'charge.call', 'db'])(
    'that the caller did not pass cannot be called: %s',
    async (method) => {
      const functions = { charge: () => 1, db: { find: () => 2 } };
      expect(await call(functions, method, [])).toEqual({ code: 1101, message: 'Unknown method' });
    },
  );

  it('can only be called by the script that they were passed to', async () => {
    const answers: unknown[] = [];
    const ids: number[] = [];
    answer((frame, connection) => {
      if (frame.type === 'req') {
        ids.push(frame.id);
        if (ids.length < 2) return;
        for (const execution of [...ids, 99, undefined])
          connection.send({
            type: 'req',
            id: answers.length,
            method: 'who',
            payload: [],
            ext: { execution },
          });
        return;
      }
      answers.push(frame.payload ?? frame.error);
      if (answers.length === 4) for (const id of ids) connection.reply(id, RESULT);
    });
    await Promise.all([
      run.execute({ ...script, functions: { who: () => 'first' } }),
      run.execute({ ...script, functions: { who: () => 'second' } }),
    ]);
    const unknown = { code: 1101, message: 'Unknown method' };
    expect(answers).toHaveLength(4);
    expect(answers).toEqual(expect.arrayContaining(['first', 'second', unknown]));
  });

  it('must be functions or groups of functions', () => {
    expect(() => run.execute({ ...script, functions: { a: { b: 5 as never } } })).toThrow(
      'functions: a.b is neither a function nor a group of functions',
    );
  });
});

describe('a retry', () => {
  it('happens up to `retry` times if nothing ran', async () => {
    let times = 0;
    answer(({ id }, connection) => {
      times += 1;
      if (times === 1) connection.fail(id, 1200, 'Busy', { queued: 1, waitedMs: 2 });
      else if (times === 2) connection.fail(id, 1202, 'Shutting down');
      else connection.reply(id, RESULT);
    });
    expect(await run.execute({ ...script, retry: 2 })).toEqual(RESULT);
    times = 0;
    expect(await thrown(run.execute({ ...script, retry: 1 }))).toBeInstanceOf(ShuttingDownError);
    times = 0;
    expect(await thrown(run.execute(script))).toMatchObject({ name: 'BusyError', code: 1200 });
  });

  it('waits for retryAfterMs after a rate limit', async () => {
    const at: number[] = [];
    answer(({ id }, connection) => {
      at.push(performance.now());
      if (at.length === 1) connection.fail(id, 1200, 'Busy', { limit: 'rate', retryAfterMs: 400 });
      else connection.reply(id, RESULT);
    });
    expect(await run.execute({ ...script, retry: 1 })).toEqual(RESULT);
    // The first wait of its own is 100 ms at most.
    expect((at[1] ?? 0) - (at[0] ?? 0)).toBeGreaterThan(390);
    at.length = 0;
    expect(await thrown(run.execute(script))).toMatchObject({ name: 'BusyError', retryAfterMs: 400 });
  });

  it.each([
    ['execute', (client: Client) => client.execute({ ...script, retry: 2 })],
    ['prepare', (client: Client) => client.prepare(script)],
    [
      'execute of a prepared script',
      async (client: Client) => (await client.prepare({ code: 'first' })).execute({ call: 'f', retry: 2 }),
    ],
  ])('waits for retryAfterMs: %s', async (_, ask) => {
    const at: number[] = [];
    answer(({ id, method, payload }, connection) => {
      if (payload?.['code'] === 'first') return connection.reply(id, { script: 'sha256:1' });
      at.push(performance.now());
      if (at.length < 3) connection.fail(id, 1200, 'Busy', { limit: 'rate', retryAfterMs: 500 });
      else connection.reply(id, method === 'runtime.prepare' ? { script: 'sha256:2' } : RESULT);
    });
    const asking = connect(server.url, { retry: 2 });
    await ask(asking);
    const [first = 0, second = 0, third = 0] = at;
    // Without retryAfterMs the waits are 100 and 200 ms at most.
    expect(Math.min(second - first, third - second)).toBeGreaterThan(490);
    await asking.close();
  });

  it('continues if a forgotten script cannot be prepared again immediately', async () => {
    const methods: (string | undefined)[] = [];
    answer(({ id, method }, connection) => {
      methods.push(method);
      const times = methods.length;
      if (times === 1 || times === 7) connection.reply(id, { script: 'sha256:1' });
      else if (times === 2 || times === 4 || times === 6) connection.fail(id, 1104, 'Unknown script');
      else if (times === 3 || times === 5) connection.fail(id, 1200, 'Busy');
      else connection.reply(id, RESULT);
    });
    const prepared = await run.prepare(script);
    const execution = prepared.execute({ call: 'f', retry: 2 });
    // Busy, retried, still forgotten; busy, retried.
    const error = await thrown(execution);
    expect([error, (await execution).value]).toEqual([undefined, 1]);
    expect(methods.filter((method) => method === 'runtime.prepare')).toHaveLength(4);
  });

  it.each([1000, 1002, 1201, 1203])('never happens after %i', async (code) => {
    let times = 0;
    answer(({ id }, connection) => {
      times += 1;
      connection.fail(id, code, 'Error', { console: [] });
    });
    await thrown(run.execute({ ...script, retry: 5 }));
    expect(times).toBe(1);
  });

  it('stops when the execution is cancelled', async () => {
    answer(({ id }, connection) => connection.fail(id, 1200, 'Busy'));
    const execution = run.execute({ ...script, retry: 1000 });
    const error = thrown(execution);
    await until(() => (server.connections[0]?.frames.length ?? 0) > 1);
    await execution.cancel();
    expect(await error).toMatchObject({ name: 'CancelledError', mayHaveRun: false });
  });
});

describe('a connection', () => {
  it('that is lost fails sent requests, keeps queued ones, and is reopened', async () => {
    const narrow = connect(server.url, { maxInFlight: 1 });
    answer(({ payload }, connection) => {
      if (payload?.['code'] === 'sent') connection.socket.close(1001, 'shutting down');
    });
    const sent = thrown(narrow.execute({ code: 'sent' }));
    const kept = narrow.execute({ code: 'kept' });
    expect(await sent).toMatchObject({
      name: 'ConnectionLostError',
      mayHaveRun: true,
      closeCode: 1001,
      reason: 'shutting down',
    });
    answer(({ id }, connection) => connection.reply(id, RESULT));
    expect(await kept).toEqual(RESULT);
    expect(server.connections.flatMap(({ frames }) => frames.map(({ payload }) => payload))).toEqual([
      { code: 'sent' },
      { code: 'kept' },
    ]);
    await narrow.close();
  });

  it('is not reopened with reconnect: false until the next request', async () => {
    const single = connect(server.url, { reconnect: false });
    answer(({ id }, connection) => connection.reply(id, RESULT));
    await single.execute(script);
    for (const connection of server.connections) connection.socket.terminate();
    await until(() => !single.connected);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(single.connected).toBe(false);
    expect(await single.execute(script)).toEqual(RESULT);
    await single.close();
  });

  it('that cannot be opened fails requests immediately without reconnect, and after queueTimeout with it', async () => {
    const { url } = server;
    await server.stop();
    const impatient = connect(url, { reconnect: false });
    expect(await thrown(impatient.execute(script))).toMatchObject({
      name: 'NotConnectedError',
      message: expect.stringContaining('ECONNREFUSED'),
      mayHaveRun: false,
    });
    expect(await thrown(impatient.ready())).toBeInstanceOf(NotConnectedError);
    const patient = connect(url, { queueTimeout: 100, queueSize: 1 });
    const waiting = thrown(patient.execute(script));
    expect(await thrown(patient.execute(script))).toMatchObject({
      message: expect.stringContaining('the request queue is full'),
    });
    expect(await waiting).toMatchObject({ message: expect.stringContaining('no connection for 100 ms') });
    await Promise.all([impatient.close(), patient.close()]);
    server = await SimplexServer.listen();
  });

  it('whose handshake is refused is not retried', async () => {
    server.handshakeReply = '-ERR unsupported version';
    const refused = connect(server.url);
    expect(await thrown(refused.execute(script))).toBeInstanceOf(RefusedError);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.connections.filter(({ frames }) => frames.length === 0).length).toBeLessThanOrEqual(2);
    await refused.close();
  });

  it('without a handshake reply is closed after connectTimeout', async () => {
    const silent = createServer((socket) => socket.resume().on('error', () => undefined)).listen(
      0,
      '127.0.0.1',
    );
    await once(silent, 'listening');
    const { port } = silent.address() as { readonly port: number };
    const never = connect(`ws://127.0.0.1:${port}`, { connectTimeout: 100, reconnect: false });
    expect(await thrown(never.ready())).toMatchObject({
      message: expect.stringContaining('connect timeout'),
    });
    await never.close();
    silent.close();
  });

  it('that is dead is detected by the heartbeat, and an idle one stays open', async () => {
    const dead = await SimplexServer.listen(0, { autoPong: false });
    const watching = connect(dead.url, { heartbeat: 50, reconnect: false });
    expect(await thrown(watching.execute(script))).toMatchObject({
      name: 'ConnectionLostError',
      reason: 'heartbeat timeout',
    });
    const idle = connect(server.url, { heartbeat: 400 });
    await idle.ready();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(idle.connected).toBe(true);
    await Promise.all([watching.close(), idle.close()]);
    await dead.stop();
  });

  it('is closed after a malformed message', async () => {
    answer((_, connection) => connection.socket.send('{"no'));
    expect(await thrown(run.execute(script))).toMatchObject({
      name: 'ConnectionLostError',
      reason: 'malformed message from the service',
    });
  });

  it('ignores replies with an unknown id', async () => {
    answer(({ id }, connection) => {
      connection.reply(id + 100, RESULT);
      connection.fail(id + 100, 1000, 'x');
      connection.reply(id, RESULT);
      connection.reply(id, { ...RESULT, value: 2 });
      connection.more(id, { console: { text: 'late' } });
    });
    const first = run.execute(script);
    expect(await first).toEqual(RESULT);
    expect(await run.execute(script)).toEqual(RESULT);
    expect(await all(first.console)).toEqual([]);
  });
});

describe('a malformed frame', () => {
  const CASES: readonly (readonly [title: string, frame: object])[] = [
    ['a result without a console', { payload: {} }],
    ['a result whose console is not a list', { payload: { value: 1, console: 'x' } }],
    ['a result whose console is not a list of strings', { payload: { value: 1, console: [null, {}] } }],
    ['a result that is not an object', { payload: 5 }],
    ['a result without a payload', {}],
    ['an error that is a string', { error: 'no' }],
    ['an error that is a number', { error: 5 }],
    ['an error that is empty', { error: {} }],
    ['an error that cannot be converted to text', { error: { message: { toString: 5, valueOf: 5 } } }],
    ['an error whose toString is data', { error: { toString: 5, code: 1000 } }],
    [
      'malformed fields of an error',
      { error: { code: 1100, message: 'x', data: { fields: [null, 5, { field: {} }] } } },
    ],
    ['a malformed console of an error', { error: { code: 1000, message: 'x', data: { console: [null] } } }],
    ['error data that is not an object', { error: { code: 1000, message: 'x', data: 'text' } }],
  ];

  it.each(CASES)('rejects its own execution and affects no other: %s', async (_, frame) => {
    answer(({ id, payload }, connection) => {
      for (const part of [null, 5, 'x', [], { console: null }, { console: 'x' }, { console: { text: 5 } }])
        connection.more(id, part);
      if (payload?.['code'] === 'other') connection.reply(id, RESULT);
      else connection.send({ type: 'rep', id, ...frame });
    });
    const execution = run.execute({ ...script, options: { stream: true } });
    const lines = all(execution.console);
    const error = await thrown(execution);
    expect(error).toMatchObject({ mayHaveRun: expect.any(Boolean), message: expect.any(String) });
    expect(await lines).toEqual([]);
    expect(await run.execute({ code: 'other' })).toEqual(RESULT);
    expect(server.connections).toHaveLength(1);
  });

  it.each([
    ['no id', undefined],
    ['an object as id', {}],
    ['null as id', null],
  ])('that calls a host function with %s affects no execution', async (_, id) => {
    answer((frame, connection) => {
      if (frame.type !== 'req') return;
      connection.send({ type: 'req', id, method: 'g', payload: 'no list', ext: { execution: frame.id } });
      connection.send({ type: 'req', id, method: 'g', ext: 5 });
      connection.reply(frame.id, RESULT);
    });
    expect(await run.execute({ ...script, functions: { g: () => 1 } })).toEqual(RESULT);
    expect(await run.execute(script)).toEqual(RESULT);
  });
});
