/** The client against the real program. */
import {
  BusyError,
  ClosedError,
  connect,
  ConnectionLostError,
  InvalidScriptError,
  LimitError,
  NotImplementedError,
  RefusedError,
  ScriptError,
  TimeoutError,
  type Client,
} from '../../../src/client/index.js';
import { Binary } from '../../support/binary.js';
import { freePort } from '../../support/free-port.js';
import { until } from '../../support/until.js';

const started: Binary[] = [];
const clients: Client[] = [];

function start(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Binary {
  const binary = new Binary(args, environment);
  started.push(binary);
  return binary;
}

function client(...[url, options]: Parameters<typeof connect>): Client {
  const run = connect(url, options);
  clients.push(run);
  return run;
}

afterAll(async () => {
  await Promise.all(clients.map((run) => run.close()));
  for (const binary of started) binary.kill('SIGKILL');
});

const ENDLESS = { code: 'f = () => new Promise(() => {})', call: 'f' };

describe('the client of a service', () => {
  let url: string;
  let run: Client;
  beforeAll(async () => {
    url = await start(['--port', '0', '--timeout', '1000']).listens();
    run = client(url);
  });

  it('returns value, console and time', async () => {
    const code = 'function add(cb) { console.log("adding"); cb(a + b); }';
    const { value, console, time } = await run.execute<number>({
      code,
      globals: { a: 1, b: 2 },
      call: 'add',
    });
    expect([value, console]).toEqual([3, ['adding']]);
    expect(Number.isInteger(time)).toBe(true);
  });

  it('iterates the console lines, also of a script that throws', async () => {
    const execution = run.execute({
      code: 'function f() { console.log(1); console.error(2); throw 3 }',
      call: 'f',
    });
    const lines: string[] = [];
    for await (const { text } of execution.console) lines.push(text);
    expect(lines).toEqual(['1', '2']);
    await expect(execution).rejects.toMatchObject({ name: '3', code: 1000 });
  });

  it('runs many scripts concurrently over one connection without mixing them up', async () => {
    const values = Array.from({ length: 300 }, (_, index) => index);
    const results = await Promise.all(
      values.map((index) => run.execute({ code: 'f = cb => cb(index)', globals: { index }, call: 'f' })),
    );
    expect(results.map(({ value }) => value)).toEqual(values);
  });

  it('sends the globals as they were when execute was called', async () => {
    const globals = { list: [1] };
    const execution = run.execute({ code: 'f = cb => cb(list)', globals, call: 'f' });
    globals.list.push(2);
    expect((await execution).value).toEqual([1]);
  });

  it('rejects with the script’s error: name, message, stack, line and column', async () => {
    const code = 'function f(cb) {\n  throw new TypeError("no");\n}';
    const error: unknown = await run.execute({ code, call: 'f' }).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(ScriptError);
    expect(error).toMatchObject({
      name: 'TypeError',
      message: 'no',
      stack: 'TypeError: no\n    at f (script.js:2:9)',
      line: 2,
      column: 9,
      code: 1000,
      mayHaveRun: true,
    });
  });

  it.each([
    ['1001', { code: '', call: 'f' }, NotImplementedError, { code: 1001 }],
    [
      '1002',
      { code: 'console.log("so far"); for (;;);' },
      TimeoutError,
      { code: 1002, limit: 'wall', console: ['so far'] },
    ],
    [
      '1003',
      { code: 'f = cb => cb("x".repeat(9e6))', call: 'f' },
      LimitError,
      { code: 1003, limit: 'result', message: 'Limit exceeded: result' },
    ],
    [
      '1100',
      { code: 5 as unknown as string },
      InvalidScriptError,
      {
        code: 1100,
        mayHaveRun: false,
        fields: [{ field: 'code', problem: 'must be text: the JavaScript to evaluate' }],
      },
    ],
  ])('rejects with the class of error %s', async (_, request, type, fields) => {
    const error: unknown = await run.execute(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject(fields);
  });

  it('rejects with BusyError, and retries if configured', async () => {
    const busy = client(
      await start(['--port', '0', '--max-concurrency', '1', '--queue-size', '0'], {
        SANDBOX_MIN_RUNNERS: '1',
      }).listens(),
    );
    const slow = { code: 'f = cb => setTimeout(cb, 300)', call: 'f' };
    const first = busy.execute(slow);
    const error: unknown = await busy.execute(slow).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(BusyError);
    expect(error).toMatchObject({ code: 1200, mayHaveRun: false });
    expect((await busy.execute({ ...slow, retry: 20 })).value).toBe(null);
    await first;
  });

  it('rejects with RefusedError for a wrong secret, and connects with the right one', async () => {
    const guarded = await start(['--port', '0', '--host', '127.0.0.1'], {
      SECRET: 'correct horse',
    }).listens();
    const request = { code: 'f = cb => cb(1)', call: 'f' };
    const stranger = client(guarded, { secret: 'wrong' });
    const error: unknown = await stranger.execute(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(RefusedError);
    expect(error).toMatchObject({
      status: 401,
      message: 'refused with HTTP 401: missing or wrong x-runtime-secret',
      mayHaveRun: false,
    });
    expect((await client(guarded, { secret: 'correct horse' }).execute(request)).value).toBe(1);
  });

  it('rejects pending and later calls after close()', async () => {
    const own = client(url);
    const waiting = own.execute(ENDLESS);
    await own.ready();
    await new Promise((resolve) => setImmediate(resolve));
    const closing = own.close();
    await expect(waiting).rejects.toMatchObject({ name: 'ClosedError', mayHaveRun: true });
    await expect(own.execute({ code: '' })).rejects.toMatchObject({ name: 'ClosedError', mayHaveRun: false });
    await expect(own.ready()).rejects.toBeInstanceOf(ClosedError);
    await closing;
  });

  it('throws a TypeError for an invalid request or URL', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => run.execute({ code: '', globals: circle })).toThrow(TypeError);
    expect(() => connect('http://127.0.0.1')).toThrow(TypeError);
    expect(() => connect('nowhere')).toThrow('Invalid URL');
  });

  it('streams console lines and yielded values before the reply', async () => {
    const execution = run.execute({
      code: `async function* f() {
        console.error('one');
        yield { n: 1 };
        await new Promise((resolve) => setTimeout(resolve, 300));
        return 'end';
      }`,
      call: 'f',
    });
    let isOver = false;
    const result = execution.finally(() => (isOver = true));
    const line = await execution.console[Symbol.asyncIterator]().next();
    const value = await execution[Symbol.asyncIterator]().next();
    expect([isOver, line.value, value.value]).toEqual([
      false,
      { level: 'error', time: expect.any(Number), text: 'one' },
      { n: 1 },
    ]);
    expect(await result).toMatchObject({
      value: 'end',
      console: ['one'],
      usage: { wall: expect.any(Number) },
    });
  });

  it('cancels an endless loop, and rejects with its console', async () => {
    const abort = new AbortController();
    const execution = run.execute({ code: 'console.log("in"); for (;;);', signal: abort.signal });
    const error = execution.catch((thrown: unknown) => thrown);
    await execution.console[Symbol.asyncIterator]().next();
    abort.abort('enough');
    expect(await error).toMatchObject({
      name: 'CancelledError',
      code: 1004,
      console: ['in'],
      cause: 'enough',
      mayHaveRun: true,
    });
  });

  it('runs host functions for the script, and passes on their errors', async () => {
    const { value } = await run.execute({
      code: `async function f() {
        const found = await host.db.find('a');
        const error = await host.charge(5).catch(({ name, code, message, data }) => ({ name, code, message, data }));
        return { found, error, others: typeof host.other };
      }`,
      call: 'f',
      functions: {
        db: { find: async (key: string) => ({ key }) },
        charge: (amount: number) => {
          throw Object.assign(new Error('declined'), { code: 7, data: { amount } });
        },
      },
    });
    expect(value).toEqual({
      found: { key: 'a' },
      error: { name: 'HostError', code: 7, message: 'declined', data: { amount: 5 } },
      others: 'undefined',
    });
  });

  it('rejects with the service’s validation errors of options', async () => {
    const slow = { code: 'f = () => new Promise(() => {})', call: 'f' };
    await expect(run.execute({ ...slow, options: { timeout: 50 } })).rejects.toMatchObject({ code: 1002 });
    await expect(run.execute({ ...slow, options: { timeout: -1 } })).rejects.toMatchObject({
      code: 1100,
      fields: [{ field: 'options.timeout' }],
    });
  });
});

describe('the client of a service that restarts', () => {
  it('rejects what may have run, never sends it twice, and reconnects', async () => {
    const port = await freePort();
    const args = ['--port', port, '--timeout', '20000'];
    const first = start(args);
    const run = client(await first.listens());
    const lost = run.execute({ code: 'console.log("began"); f = cb => setTimeout(cb, 15000)', call: 'f' });
    const outcome = lost.catch((thrown: unknown) => thrown);
    await lost.console[Symbol.asyncIterator]().next();
    first.kill('SIGKILL');
    const error = await outcome;
    expect(error).toBeInstanceOf(ConnectionLostError);
    expect(error).toMatchObject({ mayHaveRun: true, closeCode: 1006 });
    await until(() => !run.connected);

    const waiting = run.execute({ code: 'f = cb => cb("back")', call: 'f' });
    await start(args).listens();
    expect((await waiting).value).toBe('back');
  });
});
