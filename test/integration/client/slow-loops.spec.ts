/** Back-pressure: loops that are slower than the script. Unread output is bounded, and the connection stays open. */
import { connect, SlowReaderError, type Client } from '../../../src/client/index.js';
import { Client as AnyClient } from '../../../src/client/client.js';
import { webSocket } from '../../../src/client/web-socket.js';
import { WebSocket } from 'ws';
import { Binary } from '../../support/binary.js';
import { SimplexServer } from '../../support/simplex-server.js';
import { until } from '../../support/until.js';

const MIB = 2 ** 20;
const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));
const thrown = (promise: PromiseLike<unknown>): Promise<unknown> =>
  Promise.resolve(promise).then(
    () => undefined,
    (error: unknown) => error,
  );

/** Yields `n` strings of 100 KB as fast as it can. */
const FAST =
  'async function* f() { for (let i = 0; i < n; i++) yield i + " ".repeat(100_000); return "end" }';

let service: Binary;
let url: string;
const clients: Client[] = [];
const client = (...[to, options]: Parameters<typeof connect>): Client => {
  const run = connect(to, options);
  clients.push(run);
  return run;
};

beforeAll(async () => {
  service = new Binary(['--port', '0', '--timeout', '60000', '--max-concurrency', '2'], {
    LIMITS_MAX_TIMEOUT: '60000',
  });
  url = await service.listens();
});

afterAll(async () => {
  await Promise.all(clients.map((run) => run.close()));
  service.kill('SIGKILL');
});

describe('a slow loop over a fast generator', () => {
  it('reads every value in order, and the script waits for it', async () => {
    const run = client(url, { bufferSize: 4 * MIB });
    const before = process.memoryUsage.rss();
    let most = 0;
    let next = 0;
    const execution = run.execute({ code: FAST, globals: { n: 600 }, call: 'f' });
    for await (const value of execution) {
      expect(Number.parseInt(String(value), 10)).toBe(next);
      next += 1;
      if (next % 20 === 0) {
        await pause(10);
        most = Math.max(most, process.memoryUsage.rss() - before);
      }
    }
    expect(next).toBe(600);
    expect((await execution).value).toBe('end');
    // 60 MB arrived; this guards against unbounded buffering and is not a measurement.
    expect(most).toBeLessThan(50 * MIB);
  }, 60_000);

  it('delays other executions of its connection until it has caught up, and none of another connection', async () => {
    const run = client(url, { bufferSize: 2 * MIB });
    const other = client(url);
    const execution = run.execute({ code: FAST, globals: { n: 300 }, call: 'f' });
    const values = execution[Symbol.asyncIterator]();
    await values.next();
    await pause(300);
    expect((await other.execute({ code: 'f = (cb) => cb(1)', call: 'f' })).value).toBe(1);
    const behind = run.execute({ code: 'f = (cb) => cb(2)', call: 'f' });
    for (;;) {
      const { done } = await values.next();
      if (done === true) break;
    }
    expect((await behind).value).toBe(2);
  }, 60_000);

  it('that was left keeps the connection usable, and its script is cancelled beyond bufferSize', async () => {
    const run = client(url, { bufferSize: MIB });
    const execution = run.execute({ code: FAST, globals: { n: 1e6 }, call: 'f' });
    for await (const value of execution) {
      if (typeof value === 'string') break;
    }
    const error = await thrown(execution);
    expect(error).toBeInstanceOf(SlowReaderError);
    expect(error).toMatchObject({ mayHaveRun: true, characters: expect.any(Number) });
    // Its runner is free, and the connection the same one.
    const both = [1, 2].map(() => run.execute({ code: 'f = (cb) => setTimeout(cb, 50)', call: 'f' }));
    await Promise.all(both);
    expect(run.connected).toBe(true);
  }, 60_000);
});

describe('unread output', () => {
  it('fails the execution with the most of it, and no other', async () => {
    const server = await SimplexServer.listen();
    const run = client(server.url, { bufferSize: 100_000 });
    const cancelled: unknown[] = [];
    const ids: number[] = [];
    server.onFrame = ({ id, method, payload }, connection) => {
      if (method === 'runtime.cancel') {
        cancelled.push(payload?.['id']);
        connection.reply(id, { cancelled: true });
        connection.fail(Number(payload?.['id']), 1004, 'Cancelled');
        return;
      }
      ids.push(id);
      if (ids.length < 2) return;
      const [small = 0, large = 0] = ids;
      connection.more(small, { value: 'x'.repeat(20_000) });
      for (let i = 0; i < 10; i++) connection.more(large, { value: 'x'.repeat(9000) });
      connection.reply(small, { value: 'small', console: [], time: 1 });
    };
    const options = { stream: true };
    const small = run.execute({ code: '', options });
    const large = run.execute({ code: '', options });
    expect(await thrown(large)).toMatchObject({ name: 'SlowReaderError' });
    expect(await thrown(large[Symbol.asyncIterator]().next())).toBeInstanceOf(SlowReaderError);
    expect((await small).value).toBe('small');
    expect(await small[Symbol.asyncIterator]().next()).toMatchObject({ value: 'x'.repeat(20_000) });
    await until(() => cancelled.length > 0);
    expect(cancelled).toEqual([ids[1]]);
    expect(server.connections).toHaveLength(1);
    await run.close();
    await server.stop();
  });

  it('fails an execution with a slow loop in a browser, which cannot pause its connection', async () => {
    const platform = globalThis as { WebSocket?: unknown };
    const own = platform.WebSocket;
    platform.WebSocket = WebSocket;
    const run = new AnyClient(webSocket(url), { bufferSize: MIB });
    try {
      const execution = run.execute({ code: FAST, globals: { n: 1e6 }, call: 'f' });
      const values = execution[Symbol.asyncIterator]();
      await values.next();
      expect(await thrown(execution)).toBeInstanceOf(SlowReaderError);
      expect((await run.execute({ code: 'f = (cb) => cb(1)', call: 'f' })).value).toBe(1);
    } finally {
      await run.close();
      if (own === undefined) delete platform.WebSocket;
      else platform.WebSocket = own;
    }
  }, 60_000);
});

describe('a slow loop over console lines', () => {
  it('reads each line once, and then ends', async () => {
    const run = client(url, { bufferSize: MIB / 4 });
    const execution = run.execute({
      code: 'function f(cb) { for (let i = 0; i < 900; i++) console.log(i + " ".repeat(900)); cb() }',
      call: 'f',
    });
    const lines: number[] = [];
    for await (const { text } of execution.console) {
      lines.push(Number.parseInt(text, 10));
      if (lines.length % 100 === 0) await pause(20);
    }
    expect(lines).toEqual(Array.from({ length: 900 }, (_, index) => index));
    await execution;
  });
});

describe('a paused connection', () => {
  it('is not considered dead by either side', async () => {
    const server = await SimplexServer.listen();
    let pings = 0;
    const run = client(server.url, { bufferSize: 80_000, heartbeat: 50, reconnect: false });
    server.onFrame = ({ id }, connection) => {
      connection.socket.on('ping', () => (pings += 1));
      for (let i = 0; i < 5; i++) connection.more(id, { value: 'x'.repeat(10_000) });
      connection.reply(id, { value: 'end', console: [], time: 1 });
    };
    const execution = run.execute({ code: '' });
    const values = execution[Symbol.asyncIterator]();
    await values.next();
    // Many times the heartbeat.
    await pause(800);
    expect(pings).toBeGreaterThan(0);
    let rest = 0;
    while ((await values.next()).done !== true) rest += 1;
    expect([rest, (await execution).value, run.connected]).toEqual([4, 'end', true]);
    await run.close();
    await server.stop();
  });

  it('can be closed', async () => {
    const run = client(url, { bufferSize: MIB });
    const execution = run.execute({ code: FAST, globals: { n: 1e6 }, call: 'f' });
    const error = thrown(execution);
    await execution[Symbol.asyncIterator]().next();
    await pause(200);
    await run.close();
    expect(await error).toMatchObject({ name: 'ClosedError' });
  });
});
