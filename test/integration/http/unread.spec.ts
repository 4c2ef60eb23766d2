/** Slow readers: clients that read their responses slowly or not at all; and clients that pipeline many requests. */
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { MemoryBudget } from '../../../src/memory-budget/index.js';
import type { Outcome } from '../../../src/sandbox/index.js';
import { get } from '../../support/http.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient } from '../../support/tcp-client.js';

const HEAD =
  'POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 11\r\n';
const BODY = '\r\n{"code":""}';
/** More than the kernel's socket buffers hold. */
const LONG = 'x'.repeat(32 * 2 ** 20);
const long: Outcome = { kind: 'returned', value: LONG, console: [], timeMs: 1 };

let app: RuntimeApp;
const portOf = (): number => Number(app.address.split(':')[1]);
afterEach(() => app.close());

const request = (path: string): string => `GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`;

async function untilConnections(count: number): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  while ((await app.connections()) !== count) await delay(20);
}

async function pausedClient(): Promise<TcpClient> {
  const client = await TcpClient.connect(portOf());
  client.socket.pause();
  return client;
}

describe('a response that the client does not read', () => {
  it.each([
    ['a result', HEAD],
    ['a stream of events', `${HEAD}Accept: text/event-stream\r\n`],
  ])('is dropped with its connection: %s', async (_, head) => {
    app = await RuntimeApp.start({ drainTimeoutMs: 200 });
    app.sandbox.answer = () => long;
    const client = await pausedClient();
    client.socket.write(head + BODY);
    await untilConnections(1);
    await untilConnections(0);
    expect(app.records).toHaveLength(1);
    client.socket.destroy();
  });

  it('is dropped although the client keeps sending', async () => {
    app = await RuntimeApp.start({ drainTimeoutMs: 200 });
    app.sandbox.answer = () => long;
    const client = await pausedClient();
    client.socket.write(HEAD + BODY);
    await untilConnections(1);
    const sending = setInterval(() => client.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\n\r\n'), 20);
    await untilConnections(0);
    clearInterval(sending);
    expect(app.records).toHaveLength(1);
    client.socket.destroy();
  });

  it('cancels the script that streams to it', async () => {
    app = await RuntimeApp.start({ drainTimeoutMs: 200 });
    app.sandbox.answer = async (_, cancelled, watcher) => {
      await watcher?.yielded?.(LONG);
      return { kind: cancelled?.aborted === true ? 'cancelled' : 'missing', console: [] };
    };
    const client = await pausedClient();
    client.socket.write(`${HEAD}Accept: text/event-stream\r\n${BODY}`);
    await untilConnections(1);
    await untilConnections(0);
    while (app.records.length === 0) await delay(20); // oxlint-disable-line no-await-in-loop
    expect(app.records).toMatchObject([{ outcome: 'cancelled' }]);
    client.socket.destroy();
  });
});

/** Reads with pauses until everything is read. */
async function readSlowly(socket: Socket, bytes: number): Promise<number> {
  let read = 0;
  socket.on('data', (chunk: Buffer) => {
    read += chunk.length;
    socket.pause();
  });
  const readOn = async (): Promise<number> => {
    if (read >= bytes || socket.destroyed) return read;
    socket.resume();
    await delay(5);
    return readOn();
  };
  return readOn();
}

describe('a response that the client reads slowly', () => {
  it.each([
    ['a result', HEAD],
    ['a stream of events', `${HEAD}Accept: text/event-stream\r\n`],
  ])('is not dropped: %s', async (_, head) => {
    app = await RuntimeApp.start({ drainTimeoutMs: 1000 });
    app.sandbox.answer = () => long;
    const client = await TcpClient.connect(portOf());
    client.socket.write(head + BODY);
    const began = performance.now();
    expect(await readSlowly(client.socket, LONG.length)).toBeGreaterThanOrEqual(LONG.length);
    expect(performance.now() - began).toBeGreaterThan(1250);
    client.socket.destroy();
  });

  it('is complete, with Content-Length', async () => {
    app = await RuntimeApp.start();
    app.sandbox.answer = () => long;
    const client = await TcpClient.connect(portOf());
    client.socket.write(`${HEAD}Connection: close\r\n${BODY}`);
    const [head = '', body = ''] = String(await client.rest()).split('\r\n\r\n');
    expect(head).toContain(`content-length: ${body.length}`);
    expect(JSON.parse(body)).toEqual({ value: LONG, console: [], time: 1 });
  });
});

describe('a tenant’s memory', () => {
  it('is charged for unread responses, and the connection is closed when it is exhausted', async () => {
    app = await RuntimeApp.start();
    const memory = app.get(MemoryBudget);
    app.sandbox.answer = () => long;
    const clients = await Promise.all(Array.from({ length: 5 }, () => pausedClient()));
    for (const client of clients) client.socket.write(HEAD + BODY);
    await untilConnections(3);
    expect(memory.used).toBeGreaterThan(2 * LONG.length);
    for (const client of clients) client.socket.destroy();
    while (memory.used > 0) await delay(20); // oxlint-disable-line no-await-in-loop
  });

  it('is released after a chunked body that is too long', async () => {
    app = await RuntimeApp.start({ maxBodyBytes: 100_000 });
    const client = await TcpClient.connect(portOf());
    client.socket.write(`${HEAD.replace('Content-Length: 11', 'Transfer-Encoding: chunked')}\r\n`);
    client.socket.write(`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(3));
    expect(String(await client.rest())).toContain('413');
    const memory = app.get(MemoryBudget);
    while (memory.used > 0) await delay(20); // oxlint-disable-line no-await-in-loop
  });

  it('is released without an internal error when a client disconnects during its body', async () => {
    app = await RuntimeApp.start();
    const client = await pausedClient();
    client.socket.write(`${HEAD}\r\n{"co`);
    await untilConnections(1);
    await delay(50);
    client.reset();
    while (app.records.length === 0) await delay(20); // oxlint-disable-line no-await-in-loop
    expect(app.records).not.toContainEqual(expect.objectContaining({ outcome: 'internal' }));
  });
});

describe('pipelined requests', () => {
  it('are answered in order, up to the maximum', async () => {
    app = await RuntimeApp.start();
    const client = await TcpClient.connect(portOf());
    const paths = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? '/nothing' : '/v1/execute'));
    client.socket.write(paths.map(request).join(''));
    client.socket.write('GET / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n');
    const statuses = [...String(await client.rest()).matchAll(/HTTP\/1\.1 (\d+)/g)].map(
      ([, status]) => status,
    );
    expect(statuses).toEqual([...paths.map((path) => (path === '/nothing' ? '404' : '405')), '404']);
  });

  it('close their connection, and no other, if there are too many', async () => {
    app = await RuntimeApp.start();
    const client = await TcpClient.connect(portOf());
    client.socket.resume();
    client.socket.write(request('/nothing').repeat(5000));
    expect((await get(app.url, '/openapi.json')).status).toBe(200);
    await client.closed;
  });
});
