/** The client against the program as users run it. */
import {
  BusyError,
  ClosedError,
  connect,
  ConnectionLostError,
  InvalidScriptError,
  LimitError,
  NotImplementedError,
  RefusedError,
  RejectedError,
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

  it('gives value, console and time', async () => {
    const code = 'function add(cb) { console.log("adding"); cb(a + b); }';
    const { value, console, time } = await run.execute<number>({
      code,
      globals: { a: 1, b: 2 },
      call: 'add',
    });
    expect([value, console]).toEqual([3, ['adding']]);
    expect(Number.isInteger(time)).toBe(true);
  });

  it('gives the lines of the console one by one, also after the script threw', async () => {
    const execution = run.execute({
      code: 'function f() { console.log(1); console.error(2); throw 3 }',
      call: 'f',
    });
    const lines: string[] = [];
    for await (const { text } of execution.console) lines.push(text);
    expect(lines).toEqual(['1', '2']);
    await expect(execution).rejects.toMatchObject({ name: '3', code: 1000 });
  });

  it('runs many scripts at once over its one connection, and mixes up none', async () => {
    const values = Array.from({ length: 300 }, (_, index) => index);
    const results = await Promise.all(
      values.map((index) => run.execute({ code: 'f = cb => cb(index)', globals: { index }, call: 'f' })),
    );
    expect(results.map(({ value }) => value)).toEqual(values);
  });

  it('sends globals as they were when it was called', async () => {
    const globals = { list: [1] };
    const execution = run.execute({ code: 'f = cb => cb(list)', globals, call: 'f' });
    globals.list.push(2);
    expect((await execution).value).toEqual([1]);
  });

  it('rejects with what the script threw: its name, its message, its place', async () => {
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
  ])('has a class for %s', async (_, request, type, fields) => {
    const error: unknown = await run.execute(request).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(type);
    expect(error).toMatchObject(fields);
  });

  it('tells busy apart, and asks again when it is told to', async () => {
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

  it('is refused without the secret, at once and for all that wait, and let in with it', async () => {
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

  it('rejects what waits for an answer when it is closed, and everything later', async () => {
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

  it('throws at once on what can never be sent', () => {
    const circle: Record<string, unknown> = {};
    circle['self'] = circle;
    expect(() => run.execute({ code: '', globals: circle })).toThrow(TypeError);
    expect(() => connect('http://127.0.0.1')).toThrow(TypeError);
    expect(() => connect('nowhere')).toThrow('Invalid URL');
  });

  it('says that a service without runtime.cancel cannot cancel, and waits no longer', async () => {
    const execution = run.execute(ENDLESS);
    const settled = execution.catch((thrown: unknown) => thrown);
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(execution.cancel()).rejects.toBeInstanceOf(RejectedError);
    expect(await settled).toMatchObject({ name: 'CancelledError', code: 1004, mayHaveRun: true });
  });
});

describe('the client of a service that goes away', () => {
  it('rejects what may have run, runs it no second time, and goes on when the service is back', async () => {
    const port = await freePort();
    const args = ['--port', port, '--timeout', '20000'];
    const first = start(args);
    const run = client(await first.listens());
    const lost = run.execute({ code: 'f = cb => setTimeout(cb, 15000)', call: 'f' });
    const outcome = lost.catch((thrown: unknown) => thrown);
    await run.ready();
    await new Promise((resolve) => setTimeout(resolve, 200));
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
