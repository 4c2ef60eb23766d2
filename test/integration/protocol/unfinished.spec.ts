/** What is paid for while a message comes in: by the bytes that the gateway keeps, whatever comes between them. */
import { setTimeout as delay } from 'node:timers/promises';
import { MemoryBudget } from '../../../src/memory-budget/index.js';
import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { SampleGateway } from '../../support/sample.gateway.js';
import { TcpClient } from '../../support/tcp-client.js';

const BYTES = 1_000_000;
/** What came in one chunk with the end of the greeting is not counted. */
const PAID = 0.9 * BYTES;
const PING = TcpClient.frame(0x9, Buffer.from('ping'));
const PONG = TcpClient.frame(0xa, Buffer.from('ping'));
/** Not JSON: its connection is closed. */
const GARBAGE = TcpClient.frame(0x1, Buffer.from('['));

let server: DuplexApp;
afterEach(() => server.close());

/** The first frame of a message of several. */
function begun(bytes: number): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt8(0x01, 0);
  head.writeUInt8(0x80 | 127, 1);
  head.writeBigUInt64BE(BigInt(bytes), 2);
  return Buffer.concat([head, Buffer.alloc(bytes, 'x')]);
}

async function until(isSo: () => boolean): Promise<void> {
  // oxlint-disable-next-line no-await-in-loop -- one look after the other
  while (!isSo()) await delay(5);
}

describe('an unfinished message', () => {
  it('is paid for although pings and pongs come between its frames', async () => {
    const memory = new MemoryBudget(16 * 2 ** 20);
    server = await bootDuplexApp([SampleGateway], { memory });
    const client = await TcpClient.greet(server.port);
    client.socket.write(begun(BYTES));
    await until(() => memory.used > PAID);
    client.socket.write(Buffer.concat([PING, PONG, PING]));
    // The last pong says that all of it was read.
    let heard = '';
    client.socket.on('data', (chunk: Buffer) => (heard += chunk.toString('latin1')));
    await until(() => heard.split('ping').length === 3);
    expect(memory.used).toBeGreaterThan(PAID);
    client.socket.destroy();
    await until(() => memory.used === 0);
  });

  it('times out although pings come between its frames', async () => {
    server = await bootDuplexApp([SampleGateway], { frameTimeoutMs: 100 });
    const client = await TcpClient.greet(server.port);
    client.socket.write(begun(100));
    const pinging = setInterval(() => client.socket.write(PING), 30);
    const rest = await client.rest();
    clearInterval(pinging);
    expect(rest.toString('latin1')).toContain('frame timeout');
  });

  it('does not time out where only pings come', async () => {
    const memory = new MemoryBudget(16 * 2 ** 20);
    server = await bootDuplexApp([SampleGateway], { memory, frameTimeoutMs: 100 });
    const client = await TcpClient.greet(server.port);
    client.socket.write(PING);
    // Two sweeps.
    await delay(2200);
    expect(client.socket.destroyed).toBe(false);
    client.socket.destroy();
  });

  it('that comes after the gateway has closed ends the connection at once where there is no memory for it', async () => {
    const memory = new MemoryBudget(2 ** 20);
    server = await bootDuplexApp([SampleGateway], { memory, closeTimeoutMs: 2 ** 30 });
    const client = await TcpClient.greet(server.port);
    client.socket.write(Buffer.concat([GARBAGE, begun(BYTES)]));
    client.socket.resume();
    await client.closed;
    await until(() => memory.used === 0);
    expect(client.socket.destroyed).toBe(true);
  });
});
