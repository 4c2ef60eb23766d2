/** The memory of the gateway after requests of every kind, over WebSocket and HTTP: nothing of them is left. */
import { setTimeout as delay } from 'node:timers/promises';
import { MemoryBudget } from '../../../src/memory-budget/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { untilCancelled } from '../../support/fake-sandbox.js';
import { post, postForEvents } from '../../support/http-execute.js';
import { RawClient } from '../../support/raw-client.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

const KIB = 1024;
const MIB = 1024 * KIB;

let app: RuntimeApp;
let memory: MemoryBudget;

/** Nothing is left; the test's own timeout is the hang guard. */
async function untilNothing(): Promise<void> {
  await until(() => memory.used === 0);
}

async function start(options: Parameters<typeof RuntimeApp.start>[0] = {}): Promise<void> {
  app = await RuntimeApp.start(options);
  memory = app.get(MemoryBudget);
}

afterEach(async () => {
  await until(() => memory.used === 0);
  await app.close();
});

const connect = (): Promise<TcpClient> => TcpClient.connect(Number(app.address.split(':')[1]));

const head = (fields: string, path = '/v1/execute'): string =>
  `POST ${path} HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n${fields}\r\n\r\n`;
const chunk = (text: string): string => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;
const script = (bytes: number): string => JSON.stringify({ code: 'x'.repeat(bytes) });

/** Everything that comes, once this was written; the connection may stay open. */
async function answered(client: TcpClient, ...pieces: readonly string[]): Promise<string> {
  let text = '';
  client.socket.on('data', (data: Buffer) => (text += data.toString('latin1')));
  for (const piece of pieces) {
    client.socket.write(piece);
    await delay(5); // oxlint-disable-line no-await-in-loop -- so that pieces come apart
  }
  await until(() => text.includes('\r\n\r\n') || client.socket.destroyed);
  return text;
}

describe('the memory of an HTTP request', () => {
  beforeEach(() => start({ memoryBytes: 16 * MIB }));

  it.each([
    ['a small body', script(10), 200],
    ['a large body', script(900 * KIB), 200],
    ['a body of no JSON', `[${'1,'.repeat(400 * KIB)}]`, 400],
    ['a body of bad JSON', '{"code"', 400],
    ['a body of no script', JSON.stringify({ globals: 1 }), 400],
    ['a body with too many fields', JSON.stringify(Object.fromEntries([...Array(65).keys()].entries())), 400],
    ['a body that is too large', script(2 * MIB), 413],
    ['an empty body', '', 400],
  ])('is given back after %s', async (_, body, status) => {
    const answer = await post(app.address, body);
    expect(answer.status).toBe(status);
    await until(() => memory.used === 0);
  });

  it('is given back after events, and after an error of the script', async () => {
    await postForEvents(app.address, { code: 'x'.repeat(500 * KIB) });
    app.sandbox.answer = () => ({ kind: 'threw', thrown: { name: 'E', message: 'm' }, console: [] });
    expect((await post(app.address, script(500 * KIB))).status).toBe(422);
    app.sandbox.answer = () => {
      throw new Error('mine');
    };
    expect((await post(app.address, script(500 * KIB))).status).toBe(500);
  });

  it('is given back after a body in chunks', async () => {
    const client = await connect();
    const body = script(300 * KIB);
    const chunks = [body.slice(0, 10), body.slice(10, 200_000), body.slice(200_000)].map(chunk);
    const text = await answered(client, head('Transfer-Encoding: chunked'), ...chunks, '0\r\n\r\n');
    expect(text).toMatch(/^HTTP\/1.1 200/);
    await until(() => memory.used === 0);
    client.reset();
  });

  it('is given back after a body in chunks that is too large, although it goes on', async () => {
    const client = await connect();
    const pieces = Array.from({ length: 12 }, () => chunk(' '.repeat(128 * KIB)));
    const text = await answered(client, head('Transfer-Encoding: chunked'), ...pieces);
    // The answer may be lost with the connection, since the client goes on.
    expect(text).toMatch(/^HTTP\/1.1 413|^$/);
    client.socket.write(chunk(' '.repeat(64 * KIB)));
    await until(() => memory.used === 0);
    // And is not taken again by what comes after the answer.
    client.socket.write(chunk(' '.repeat(64 * KIB)));
    await client.closed;
    expect(memory.used).toBe(0);
  });

  it.each([
    ['with its length', `Content-Length: ${900 * KIB}`, '{"code":"'],
    ['in chunks', 'Transfer-Encoding: chunked', chunk('{"code":"')],
  ])('is given back when a half-sent body %s is killed', async (_, field, begin) => {
    const clients = await Promise.all(Array.from({ length: 8 }, connect));
    const more = 'x'.repeat(100 * KIB);
    for (const { socket } of clients)
      socket.write(head(field) + begin + (field.startsWith('C') ? more : chunk(more)));
    // All that came was taken.
    await until(() => memory.used >= 800 * KIB);
    for (const [i, client] of clients.entries())
      if (i % 2 === 0) client.reset();
      else client.socket.end();
    await untilNothing();
    expect(memory.used).toBe(0);
  });

  it('is given back when the client leaves while its script runs', async () => {
    app.sandbox.answer = untilCancelled;
    const client = await connect();
    const body = script(500 * KIB);
    client.socket.write(head(`Content-Length: ${body.length}`) + body);
    await until(() => app.sandbox.executions.length === 1);
    expect(memory.used).toBeGreaterThan(500 * KIB);
    client.reset();
  });

  it('is given back for requests behind each other on one connection that is killed', async () => {
    app.sandbox.answer = untilCancelled;
    const client = await connect();
    const body = script(10 * KIB);
    client.socket.write((head(`Content-Length: ${body.length}`) + body).repeat(20));
    await until(() => memory.used > 0);
    client.reset();
    await untilNothing();
    expect(memory.used).toBe(0);
  });

  it('is taken for none that is refused from its head', async () => {
    await post(app.address, script(500 * KIB), { 'content-type': 'text/plain' });
    await post(app.address, script(500 * KIB), undefined, '/nothing');
    const client = await connect();
    client.socket.write(head(`Content-Length: ${900 * KIB}`, '/nothing'));
    await client.rest();
    expect(memory.used).toBe(0);
  });
});

describe('the memory of a WebSocket request', () => {
  beforeEach(() => start({ memoryBytes: 16 * MIB }));

  it.each([
    ['returns', undefined],
    ['throws', () => ({ kind: 'threw', thrown: { name: 'E', message: 'm' }, console: [] }) as const],
    ['is missing', () => ({ kind: 'missing', console: [] }) as const],
    ['times out', () => ({ kind: 'timedOut', limit: 'wall', console: [] }) as const],
    ['kills its runner', () => ({ kind: 'died', console: [] }) as const],
    [
      'meets a fault of the service',
      () => {
        throw new Error('mine');
      },
    ],
  ])('is given back when its script %s', async (_, answer) => {
    if (answer !== undefined) app.sandbox.answer = answer;
    const client = await DuplexClient.connect(app.url);
    for (const method of ['runtime.execute', 'runtime.prepare', 'runtime.nothing'])
      for (const bytes of [10, 30 * KIB, MIB])
        await client.call(method, { code: 'x'.repeat(bytes) }).catch(() => undefined); // oxlint-disable-line no-await-in-loop
    for (const payload of [undefined, 5, [], { code: 5 }, { options: { x: 'y'.repeat(200 * KIB) } }])
      await client.call('runtime.execute', payload).catch(() => undefined); // oxlint-disable-line no-await-in-loop
    await until(() => memory.used <= 24 * KIB);
    await client.close();
    await untilNothing();
    expect(memory.used).toBe(0);
  });

  it('is given back when it is cancelled, before and after its large frame was read', async () => {
    app.sandbox.answer = untilCancelled;
    const client = await RawClient.greet(app.url);
    const frame = (id: number, method: string, payload: unknown): void =>
      client.send(JSON.stringify({ type: 'req', id, method, payload }));
    for (let id = 1; id <= 10; id += 2) {
      frame(id, 'runtime.execute', { code: '', globals: { x: 'y'.repeat(MIB) } });
      frame(id + 1, 'runtime.cancel', { id });
      const replies = [await client.nextMessage(), await client.nextMessage()]; // oxlint-disable-line no-await-in-loop
      expect(replies).toEqual(
        expect.arrayContaining([
          expect.objectContaining({ id, error: expect.objectContaining({ code: 1004 }) }),
          expect.objectContaining({ id: id + 1, payload: { cancelled: true } }),
        ]),
      );
    }
    await until(() => memory.used <= 24 * KIB);
    await client.close();
    await untilNothing();
    expect(memory.used).toBe(0);
  });

  it('is given back when its connection is killed while scripts run', async () => {
    app.sandbox.answer = untilCancelled;
    const client = await RawClient.greet(app.url);
    for (let id = 1; id <= 4; id++)
      client.send(
        JSON.stringify({ type: 'req', id, method: 'runtime.execute', payload: { code: 'x'.repeat(MIB) } }),
      );
    await until(() => app.sandbox.executions.length === 4);
    client.socket.terminate();
    await untilNothing();
    expect(memory.used).toBe(0);
  });
});

describe('requests that wait for a runner process', () => {
  const busy = { code: 1200, message: 'Busy', data: { limit: 'memory' } };

  it('beyond the tenant’s memory are answered 1200 or 503, and are taken again afterwards', async () => {
    await start({ memoryBytes: 2 * MIB });
    app.sandbox.answer = untilCancelled;
    const client = await DuplexClient.connect(app.url);
    const errors: unknown[] = [];
    for (let i = 0; i < 400; i++)
      client.call('runtime.execute', { code: '' }).catch((error: unknown) => errors.push(error));
    await until(() => errors.length + app.sandbox.executions.length === 400);
    expect(errors.length).toBeGreaterThan(100);
    expect(errors[0]).toMatchObject(busy);
    expect(memory.used).toBeLessThanOrEqual(MIB);

    const chunked = await connect();
    chunked.socket.write(head('Transfer-Encoding: chunked') + chunk(' '.repeat(50 * KIB)).repeat(4));
    // Its connection ends: the body has no end that could be answered.
    await until(() => chunked.socket.destroyed);

    const small = await post(app.address, { code: '' });
    expect([small.status, small.body]).toEqual([
      503,
      expect.objectContaining({ code: 1200, limit: 'memory' }),
    ]);
    const large = await post(app.address, script(500 * KIB));
    expect([large.status, large.body]).toEqual([
      503,
      expect.objectContaining({ code: 1200, limit: 'memory' }),
    ]);
    const tcp = await connect();
    expect(await answered(tcp, head(`Content-Length: ${500 * KIB}`))).toMatch(/^HTTP\/1.1 503/);
    tcp.reset();

    await client.close();
    await until(() => memory.used === 0);
    app.sandbox.answer = () => ({ kind: 'returned', value: 1, console: [], timeMs: 1 });
    expect((await post(app.address, { code: '' })).status).toBe(200);
  });
});
