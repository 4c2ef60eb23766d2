/** What the client makes of a service's frames: streaming, cancelling, calling back, and what goes wrong. */
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
import { SimplexServer, type Frame, type Visitor } from '../../support/simplex-server.js';
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

/** Answers executions with this, and everything else by its own test. */
function answer(with_: (frame: Frame, visitor: Visitor) => void): void {
  server.onFrame = with_;
}

/** A service that runs for ever what it is not told to cancel. */
function cancels(): void {
  answer(({ id, method, payload }, visitor) => {
    if (method !== 'runtime.cancel') return;
    visitor.reply(id, { cancelled: true });
    visitor.fail(Number(payload?.['id']), 1004, 'Cancelled', { console: ['so far'] });
  });
}

/** Lets the script call this, and answers with what it got. */
async function call(functions: object, method: string, payload: unknown): Promise<unknown> {
  let execution = 0;
  answer((frame, visitor) => {
    if (frame.type === 'rep') {
      const { payload: value, error } = frame;
      visitor.reply(execution, { ...RESULT, value: error ?? value });
      return;
    }
    execution = frame.id;
    visitor.send({ type: 'req', id: 'own-7', method, payload, ext: { execution } });
  });
  return (await run.execute({ ...script, functions: functions as never })).value;
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = [];
  for await (const item of items) list.push(item);
  return list;
}

describe('a request', () => {
  it('has no options unless some are given, and then those', async () => {
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    await run.execute(script);
    await run.execute({ ...script, options: { timeout: 5, isolation: 'process' } });
    await run.execute({ ...script, functions: {} });
    expect(server.visitors[0]?.frames.map(({ payload }) => payload)).toEqual([
      script,
      { ...script, options: { timeout: 5, isolation: 'process' } },
      script,
    ]);
  });

  it('is sent as it was when it was called, whatever the caller changes before there is a connection', async () => {
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
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
    expect(server.visitors.flatMap(({ frames }) => frames.map(({ payload }) => payload))).toEqual([
      sent,
      { ...sent, options: { ...sent.options, stream: true } },
    ]);
    await late.close();
  });

  it('has its options made JSON once', async () => {
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    let times = 0;
    const timeout = { toJSON: () => (times += 1) } as unknown as number;
    const execution = run.execute({ ...script, options: { timeout }, functions: { g: () => 1 } });
    void execution.console;
    expect(times).toBe(1);
    await execution;
    expect(server.visitors[0]?.frames[0]?.payload?.['options']).toEqual({
      timeout: 1,
      functions: ['g'],
      stream: true,
    });
    expect(times).toBe(1);
  });

  it('gives the usage that came', async () => {
    const usage = { wall: 1, cpu: 2, memory: 3, queued: 4, started: 5, run: 6 };
    answer(({ id }, visitor) => visitor.reply(id, { ...RESULT, usage }));
    expect((await run.execute(script)).usage).toEqual(usage);
  });

  it('waits in line past maxInFlight, and is sent in order', async () => {
    const narrow = connect(server.url, { maxInFlight: 2 });
    let most = 0;
    const open: number[] = [];
    const seen: unknown[] = [];
    answer(({ id, payload }, visitor) => {
      open.push(id);
      seen.push(payload?.['code']);
      most = Math.max(most, open.length);
      setTimeout(() => visitor.reply(open.shift() ?? 0, RESULT), 2);
    });
    const codes = Array.from({ length: 9 }, (_, index) => String(index));
    await Promise.all(codes.map((code) => narrow.execute({ code })));
    expect([most, seen]).toEqual([2, codes]);
    await narrow.close();
  });

  it('is not sent when it is longer than the service takes, and disturbs nobody', async () => {
    const small = connect(server.url, { maxFrameBytes: 1000 });
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    const tooLong = small.execute({ code: 'ü'.repeat(500) });
    const other = small.execute(script);
    expect(await thrown(tooLong)).toMatchObject({ name: 'FrameTooLargeError', mayHaveRun: false });
    expect(await other).toEqual(RESULT);
    await small.close();
  });

  it('rejects with an own error what is answered with a code of the future', async () => {
    answer(({ id }, visitor) => visitor.fail(id, 1999, 'Later', { a: 1 }));
    expect(await thrown(run.execute(script))).toMatchObject({
      name: 'ReplyError',
      code: 1999,
      message: 'Later',
      data: { a: 1 },
      mayHaveRun: true,
    });
  });
});

describe('a stream', () => {
  const lines: readonly ConsoleLine[] = [
    { level: 'log', time: 1, text: 'one' },
    { level: 'error', time: 2, text: 'two' },
  ];

  it('is asked for where somebody iterates from the start, and gives each line before the answer', async () => {
    const execution = run.execute(script);
    const iterator = execution.console[Symbol.asyncIterator]();
    let id = 0;
    answer((frame, visitor) => {
      ({ id } = frame);
      visitor.more(id, { console: lines[0] });
    });
    expect(await iterator.next()).toEqual({ done: false, value: lines[0] });
    const [visitor] = server.visitors;
    expect(visitor?.frames[0]?.payload?.['options']).toEqual({ stream: true });
    visitor?.more(id, { console: lines[1] });
    expect((await iterator.next()).value).toEqual(lines[1]);
    visitor?.reply(id, { value: 1, console: ['one', 'two'], time: 3 });
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect((await execution).console).toEqual(['one', 'two']);
  });

  it('that is not wanted is not asked for, and lines come with the answer', async () => {
    answer(({ id }, visitor) => visitor.reply(id, { value: 1, console: ['one', 'two'], time: 3 }));
    const silent = run.execute({ ...script, options: { stream: false } });
    expect(await all(silent.console)).toEqual([{ text: 'one' }, { text: 'two' }]);
    const late = run.execute(script);
    await late;
    expect(await all(late.console)).toEqual([{ text: 'one' }, { text: 'two' }]);
    expect(server.visitors[0]?.frames.map(({ payload }) => payload?.['options'])).toEqual([
      { stream: false },
      undefined,
    ]);
  });

  it('gives what an async generator yields, and then its result', async () => {
    answer(({ id }, visitor) => {
      visitor.more(id, { value: { n: 1 } });
      visitor.more(id, { console: lines[0] });
      visitor.more(id, { value: null });
      visitor.reply(id, { value: 'end', console: ['one'], time: 3 });
    });
    const execution = run.execute(script);
    expect(await all(execution)).toEqual([{ n: 1 }, null]);
    expect((await execution).value).toBe('end');
  });

  it('throws at the end of the values what the script threw, and needs no other catch', async () => {
    answer(({ id }, visitor) => {
      visitor.more(id, { value: 1 });
      visitor.fail(id, 1000, 'RangeError', { message: 'far', console: [] });
    });
    const values: unknown[] = [];
    const loop = async (): Promise<void> => {
      for await (const value of run.execute(script)) values.push(value);
    };
    expect(await thrown(loop())).toMatchObject({ name: 'RangeError', message: 'far' });
    expect(values).toEqual([1]);
  });

  it('gives each line once to one of two loops', async () => {
    answer(({ id }, visitor) => visitor.reply(id, { value: 1, console: ['a', 'b', 'c'], time: 1 }));
    const { console } = run.execute(script);
    const [left, right] = await Promise.all([all(console), all(console)]);
    expect([...left, ...right].map(({ text }) => text).toSorted()).toEqual(['a', 'b', 'c']);
  });
});

describe('cancelling', () => {
  it('names the request, and rejects with what the console had', async () => {
    cancels();
    const execution = run.execute(script);
    const error = thrown(execution);
    await until(() => server.visitors[0]?.frames.length === 1);
    expect(await execution.cancel('enough')).toBe(true);
    expect(await error).toMatchObject({
      name: 'CancelledError',
      console: ['so far'],
      cause: 'enough',
      mayHaveRun: true,
    });
    expect(server.visitors[0]?.frames[1]).toMatchObject({
      method: 'runtime.cancel',
      payload: { id: server.visitors[0]?.frames[0]?.id },
    });
    expect(await execution.cancel()).toBe(false);
  });

  it('is what an AbortSignal does', async () => {
    cancels();
    const abort = new AbortController();
    const error = thrown(run.execute({ ...script, signal: abort.signal }));
    await until(() => server.visitors[0]?.frames.length === 1);
    const reason = new Error('the user left');
    abort.abort(reason);
    expect(await error).toMatchObject({ name: 'CancelledError', cause: reason });
  });

  it('sends nothing for what was not sent', async () => {
    const aborted = run.execute({ ...script, signal: AbortSignal.abort() });
    const atOnce = run.execute(script);
    const error = thrown(atOnce);
    expect(await atOnce.cancel()).toBe(true);
    expect([await thrown(aborted), await error]).toMatchObject([
      { name: 'CancelledError', mayHaveRun: false },
      { name: 'CancelledError', mayHaveRun: false },
    ]);
    await run.ready();
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    await run.execute(script);
    expect(server.visitors[0]?.frames).toHaveLength(1);
  });

  it('leaves no listener on a signal that outlives its script', async () => {
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    const { signal } = new AbortController();
    const execution = run.execute({ ...script, signal });
    expect(getEventListeners(signal, 'abort')).toHaveLength(1);
    await execution;
    expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  });
});

describe('functions', () => {
  it('are offered by name, groups with dots', async () => {
    expect(await call({ charge: (n: number, unit: string) => `${n} ${unit}` }, 'charge', [5, 'eur'])).toBe(
      '5 eur',
    );
    const db = {
      rows: { a: 1 } as Record<string, number>,
      find: (key: string) => Promise.resolve(db.rows[key]),
    };
    expect(await call({ db: { find: db.find }, ping: () => undefined }, 'db.find', ['a'])).toBe(1);
    expect(server.visitors[0]?.frames.findLast(({ type }) => type === 'req')?.payload).toEqual({
      ...script,
      options: { functions: ['db.find', 'ping'] },
    });
    expect(await call({ ping: () => undefined }, 'ping', [])).toBe(null);
  });

  it.each([
    [
      'an error as its message',
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
      'a code that is no number as none',
      () => Promise.reject(Object.assign(new Error('no'), { code: 'ENOENT' })),
      { code: 1000, message: 'no' },
    ],
    ['what is no error as text', () => Promise.reject(404), { code: 1000, message: '404' }],
    ['what JSON cannot carry', () => 5n, { code: 1000, message: expect.stringContaining('BigInt') }],
  ])('answer %s', async (_, charge, error) => {
    expect(await call({ charge }, 'charge', [])).toEqual(error);
  });

  it.each(['other', 'constructor', 'toString', '__proto__', 'charge.call', 'db'])(
    'that were not offered are not there: %s',
    async (method) => {
      const functions = { charge: () => 1, db: { find: () => 2 } };
      expect(await call(functions, method, [])).toEqual({ code: 1101, message: 'Unknown method' });
    },
  );

  it('are those of the script that calls, and of no other', async () => {
    const answers: unknown[] = [];
    const ids: number[] = [];
    answer((frame, visitor) => {
      if (frame.type === 'req') {
        ids.push(frame.id);
        if (ids.length < 2) return;
        for (const execution of [...ids, 99, undefined])
          visitor.send({ type: 'req', id: answers.length, method: 'who', payload: [], ext: { execution } });
        return;
      }
      answers.push(frame.payload ?? frame.error);
      if (answers.length === 4) for (const id of ids) visitor.reply(id, RESULT);
    });
    await Promise.all([
      run.execute({ ...script, functions: { who: () => 'first' } }),
      run.execute({ ...script, functions: { who: () => 'second' } }),
    ]);
    const unknown = { code: 1101, message: 'Unknown method' };
    expect(answers).toHaveLength(4);
    expect(answers).toEqual(expect.arrayContaining(['first', 'second', unknown]));
  });

  it('must be functions', () => {
    expect(() => run.execute({ ...script, functions: { a: { b: 5 as never } } })).toThrow(
      'functions: a.b is neither a function nor a group of functions',
    );
  });
});

describe('asking again', () => {
  it('is done as often as it is told, where nothing ran', async () => {
    let times = 0;
    answer(({ id }, visitor) => {
      times += 1;
      if (times === 1) visitor.fail(id, 1200, 'Busy', { queued: 1, waitedMs: 2 });
      else if (times === 2) visitor.fail(id, 1202, 'Shutting down');
      else visitor.reply(id, RESULT);
    });
    expect(await run.execute({ ...script, retry: 2 })).toEqual(RESULT);
    times = 0;
    expect(await thrown(run.execute({ ...script, retry: 1 }))).toBeInstanceOf(ShuttingDownError);
    times = 0;
    expect(await thrown(run.execute(script))).toMatchObject({ name: 'BusyError', code: 1200 });
  });

  it('waits as long as the service says, past a rate', async () => {
    const at: number[] = [];
    answer(({ id }, visitor) => {
      at.push(performance.now());
      if (at.length === 1) visitor.fail(id, 1200, 'Busy', { limit: 'rate', retryAfterMs: 400 });
      else visitor.reply(id, RESULT);
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
  ])('waits as long as the service says: %s', async (_, ask) => {
    const at: number[] = [];
    answer(({ id, method, payload }, visitor) => {
      if (payload?.['code'] === 'first') return visitor.reply(id, { script: 'sha256:1' });
      at.push(performance.now());
      if (at.length < 3) visitor.fail(id, 1200, 'Busy', { limit: 'rate', retryAfterMs: 500 });
      else visitor.reply(id, method === 'runtime.prepare' ? { script: 'sha256:2' } : RESULT);
    });
    const asking = connect(server.url, { retry: 2 });
    await ask(asking);
    const [first = 0, second = 0, third = 0] = at;
    // Without what the service says the waits are 100 and 200 ms at most.
    expect(Math.min(second - first, third - second)).toBeGreaterThan(490);
    await asking.close();
  });

  it('goes on where a script that was forgotten cannot be prepared again at once', async () => {
    const methods: (string | undefined)[] = [];
    answer(({ id, method }, visitor) => {
      methods.push(method);
      const times = methods.length;
      if (times === 1 || times === 7) visitor.reply(id, { script: 'sha256:1' });
      else if (times === 2 || times === 4 || times === 6) visitor.fail(id, 1104, 'Unknown script');
      else if (times === 3 || times === 5) visitor.fail(id, 1200, 'Busy');
      else visitor.reply(id, RESULT);
    });
    const prepared = await run.prepare(script);
    const execution = prepared.execute({ call: 'f', retry: 2 });
    // Busy; asked again, forgotten still; busy, asked again.
    const error = await thrown(execution);
    expect([error, (await execution).value]).toEqual([undefined, 1]);
    expect(methods.filter((method) => method === 'runtime.prepare')).toHaveLength(4);
  });

  it.each([1000, 1002, 1201, 1203])('is never done after %i', async (code) => {
    let times = 0;
    answer(({ id }, visitor) => {
      times += 1;
      visitor.fail(id, code, 'Error', { console: [] });
    });
    await thrown(run.execute({ ...script, retry: 5 }));
    expect(times).toBe(1);
  });

  it('ends when it is cancelled meanwhile', async () => {
    answer(({ id }, visitor) => visitor.fail(id, 1200, 'Busy'));
    const execution = run.execute({ ...script, retry: 1000 });
    const error = thrown(execution);
    await until(() => (server.visitors[0]?.frames.length ?? 0) > 1);
    await execution.cancel();
    expect(await error).toMatchObject({ name: 'CancelledError', mayHaveRun: false });
  });
});

describe('a connection', () => {
  it('that breaks loses what was sent, keeps what was not, and is made again', async () => {
    const narrow = connect(server.url, { maxInFlight: 1 });
    answer(({ payload }, visitor) => {
      if (payload?.['code'] === 'sent') visitor.socket.close(1001, 'shutting down');
    });
    const sent = thrown(narrow.execute({ code: 'sent' }));
    const kept = narrow.execute({ code: 'kept' });
    expect(await sent).toMatchObject({
      name: 'ConnectionLostError',
      mayHaveRun: true,
      closeCode: 1001,
      reason: 'shutting down',
    });
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    expect(await kept).toEqual(RESULT);
    expect(server.visitors.flatMap(({ frames }) => frames.map(({ payload }) => payload))).toEqual([
      { code: 'sent' },
      { code: 'kept' },
    ]);
    await narrow.close();
  });

  it('is not made again where that was not wanted, until somebody asks', async () => {
    const single = connect(server.url, { reconnect: false });
    answer(({ id }, visitor) => visitor.reply(id, RESULT));
    await single.execute(script);
    for (const visitor of server.visitors) visitor.socket.terminate();
    await until(() => !single.connected);
    await new Promise((resolve) => setTimeout(resolve, 150));
    expect(single.connected).toBe(false);
    expect(await single.execute(script)).toEqual(RESULT);
    await single.close();
  });

  it('that there is none of is told at once without reconnect, and after queueTimeout with it', async () => {
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
      message: expect.stringContaining('too many calls wait'),
    });
    expect(await waiting).toMatchObject({ message: expect.stringContaining('no connection for 100 ms') });
    await Promise.all([impatient.close(), patient.close()]);
    server = await SimplexServer.listen();
  });

  it('whose handshake is refused is not tried again', async () => {
    server.greeting = '-ERR unsupported version';
    const refused = connect(server.url);
    expect(await thrown(refused.execute(script))).toBeInstanceOf(RefusedError);
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(server.visitors.filter(({ frames }) => frames.length === 0).length).toBeLessThanOrEqual(2);
    await refused.close();
  });

  it('on which nothing answers the handshake is given up', async () => {
    const silent = createServer(() => undefined).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const { port } = silent.address() as { readonly port: number };
    const never = connect(`ws://127.0.0.1:${port}`, { connectTimeout: 100, reconnect: false });
    expect(await thrown(never.ready())).toMatchObject({
      message: expect.stringContaining('no answer in time'),
    });
    await never.close();
    silent.close();
  });

  it('that died without a word is found out, and one that is only idle is kept', async () => {
    const dead = await SimplexServer.listen(0, { autoPong: false });
    const watching = connect(dead.url, { heartbeat: 50, reconnect: false });
    expect(await thrown(watching.execute(script))).toMatchObject({
      name: 'ConnectionLostError',
      reason: 'no sign of life',
    });
    const idle = connect(server.url, { heartbeat: 400 });
    await idle.ready();
    await new Promise((resolve) => setTimeout(resolve, 1500));
    expect(idle.connected).toBe(true);
    await Promise.all([watching.close(), idle.close()]);
    await dead.stop();
  });

  it('over which a malformed message comes is closed', async () => {
    answer((_, visitor) => visitor.socket.send('{"no'));
    expect(await thrown(run.execute(script))).toMatchObject({
      name: 'ConnectionLostError',
      reason: 'malformed message from the service',
    });
  });

  it('passes over answers that nobody waits for', async () => {
    answer(({ id }, visitor) => {
      visitor.reply(id + 100, RESULT);
      visitor.fail(id + 100, 1000, 'x');
      visitor.reply(id, RESULT);
      visitor.reply(id, { ...RESULT, value: 2 });
      visitor.more(id, { console: { text: 'late' } });
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
    ['a result whose console is no list', { payload: { value: 1, console: 'x' } }],
    ['a result whose console is no list of texts', { payload: { value: 1, console: [null, {}] } }],
    ['a result that is no object', { payload: 5 }],
    ['a result that is nothing', {}],
    ['an error that is a text', { error: 'no' }],
    ['an error that is a number', { error: 5 }],
    ['an error that is empty', { error: {} }],
    ['an error that cannot become text', { error: { message: { toString: 5, valueOf: 5 } } }],
    ['an error whose toString is data', { error: { toString: 5, code: 1000 } }],
    [
      'fields that are none',
      { error: { code: 1100, message: 'x', data: { fields: [null, 5, { field: {} }] } } },
    ],
    [
      'a console of an error that is none',
      { error: { code: 1000, message: 'x', data: { console: [null] } } },
    ],
    ['data of another kind', { error: { code: 1000, message: 'x', data: 'text' } }],
  ];

  it.each(CASES)('rejects its own execution, and harms no other: %s', async (_, frame) => {
    answer(({ id, payload }, visitor) => {
      for (const part of [null, 5, 'x', [], { console: null }, { console: 'x' }, { console: { text: 5 } }])
        visitor.more(id, part);
      if (payload?.['code'] === 'other') visitor.reply(id, RESULT);
      else visitor.send({ type: 'rep', id, ...frame });
    });
    const execution = run.execute({ ...script, options: { stream: true } });
    const lines = all(execution.console);
    const error = await thrown(execution);
    expect(error).toMatchObject({ mayHaveRun: expect.any(Boolean), message: expect.any(String) });
    expect(await lines).toEqual([]);
    expect(await run.execute({ code: 'other' })).toEqual(RESULT);
    expect(server.visitors).toHaveLength(1);
  });

  it.each([
    ['no id', undefined],
    ['an id of an object', {}],
    ['an id of nothing', null],
  ])('that calls a function with %s harms nobody', async (_, id) => {
    answer((frame, visitor) => {
      if (frame.type !== 'req') return;
      visitor.send({ type: 'req', id, method: 'g', payload: 'no list', ext: { execution: frame.id } });
      visitor.send({ type: 'req', id, method: 'g', ext: 5 });
      visitor.reply(frame.id, RESULT);
    });
    expect(await run.execute({ ...script, functions: { g: () => 1 } })).toEqual(RESULT);
    expect(await run.execute(script)).toEqual(RESULT);
  });
});
