/* oxlint-disable no-await-in-loop -- what a client sends depends on what it saw before */
import { once } from 'node:events';
import type { ProtocolOptions } from '../../../src/protocol/index.js';
import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient } from '../../support/raw-client.js';
import { SampleGateway } from '../../support/sample.gateway.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

const KIB = 1024;
const MIB = 1024 * KIB;

let server: DuplexApp;
let gateway: SampleGateway;
let bystander: DuplexClient;

function serve(options?: Partial<ProtocolOptions>): void {
  beforeAll(async () => {
    server = await bootDuplexApp([SampleGateway], options);
    gateway = server.app.get(SampleGateway);
    bystander = await DuplexClient.connect(server.url);
  });
  afterEach(async () => {
    expect(await bystander.call('echo', 'undisturbed')).toBe('undisturbed');
  });
  afterAll(() => server.close());
}

describe('frame size', () => {
  serve();

  it('takes and gives frames up to the limit', async () => {
    const client = await DuplexClient.connect(server.url);
    const text = 'x'.repeat(8 * MIB - 100);
    expect(await client.call('echo', text)).toBe(text);
    await client.close();
  });

  it('closes an over-long frame with 1009, and disturbs nobody', async () => {
    const held = bystander.call('hold');
    const client = await RawClient.greet(server.url);
    client.send('x'.repeat(8 * MIB + 1));
    expect((await client.closed).code).toBe(1009);
    await until(() => gateway.held.length > 0);
    gateway.held.pop()?.('kept');
    expect(await held).toBe('kept');
  });
});

describe('clients that go', () => {
  serve();

  it.each([
    ['a reset', (client: TcpClient) => client.reset()],
    ['a closed socket', (client: TcpClient) => client.socket.destroy()],
    ['a half-closed socket', (client: TcpClient) => client.socket.end()],
  ])('aborts what runs at %s, and drops its reply', async (_name, leave) => {
    const client = await TcpClient.greet(server.port);
    client.send('{"type":"req","method":"hold","id":1}');
    await until(() => gateway.held.length > 0);
    const peer = gateway.connected.at(-1);
    expect(peer?.closed.aborted).toBe(false);
    leave(client);
    await until(() => peer?.closed.aborted === true);
    gateway.held.pop()?.('nobody hears this');
  });

  it('lives when clients reset while replies are being written', async () => {
    for (let round = 0; round < 20; round++) {
      const client = await TcpClient.greet(server.port);
      for (let id = 0; id < 20; id++)
        client.send(`{"type":"req","method":"big","id":${id},"payload":100000}`);
      await once(client.socket, 'data');
      client.reset();
    }
    await until(() => gateway.disconnected.length === gateway.connected.length - 1);
    expect(gateway.connected.filter((peer) => !peer.closed.aborted)).toHaveLength(1);
  });
});

describe('clients that do not read', () => {
  serve({ maxSendBufferBytes: 16 * MIB, drainTimeoutMs: 400, closeTimeoutMs: 100 });

  it('are not read from any more, and ended', async () => {
    const client = await RawClient.greet(server.url);
    const peer = gateway.connected.at(-1);
    client.socket.pause();
    // 64 KiB in for 64 KiB out: 600 MiB of replies, were they all made.
    const frame = JSON.stringify({ type: 'req', method: 'echo', id: 1, payload: 'x'.repeat(64 * KIB) });
    for (let sent = 0; sent < 9_600 && peer?.closed.aborted === false; sent++) {
      client.send(frame);
      if (sent % 64 === 0) await new Promise((resolve) => setImmediate(resolve));
    }
    await until(() => peer?.closed.aborted === true);
    // Our bound, and what the kernel took off our hands.
    expect(gateway.executions.length * 64 * KIB).toBeLessThan(32 * MIB);
    client.socket.terminate();
  });

  it('are ended at once when more than the hard bound piles up', async () => {
    const client = await RawClient.greet(server.url);
    const peer = gateway.connected.at(-1);
    client.socket.pause();
    for (let id = 0; id < 100; id++) client.send(`{"type":"req","method":"big","id":${id},"payload":${MIB}}`);
    await until(() => gateway.disconnected.some((gone) => gone === peer));
    expect(peer?.closed.aborted).toBe(true);
    client.socket.terminate();
  });

  it('are served when they read late, but in time', async () => {
    const client = await RawClient.greet(server.url);
    client.socket.pause();
    for (let id = 1; id <= 10; id++) client.send(`{"type":"req","method":"big","id":${id},"payload":${MIB}}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
    client.socket.resume();
    client.send('{"type":"req","method":"echo","id":"last"}');
    expect(await client.until('last')).toHaveLength(10);
    await client.close();
  });

  it('are ended when they ping without end', async () => {
    const client = await TcpClient.greet(server.port);
    const peer = gateway.connected.at(-1);
    client.socket.pause();
    const ping = TcpClient.frame(0x9, Buffer.alloc(125));
    const pings = Buffer.concat(Array.from({ length: 2_000 }, () => ping));
    let sent = 0;
    while (peer?.closed.aborted === false) {
      if (!client.socket.writableNeedDrain) sent += client.socket.write(pings) ? pings.length : 0;
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(sent).toBeLessThan(64 * MIB);
    client.reset();
  });
});

describe('requests in flight', () => {
  serve({ maxInFlight: 8 });

  it('are bounded for each connection, and every one is answered', async () => {
    const client = await DuplexClient.connect(server.url);
    // Each frame is longer than a chunk, so that few are read ahead.
    const calls = Array.from({ length: 30 }, () => client.call('hold', 'x'.repeat(100 * KIB)));
    await until(() => gateway.held.length >= 8);
    await bystander.call('echo');
    await bystander.call('echo');
    expect(gateway.held.length).toBeLessThan(12);
    for (let answered = 0; answered < 30; answered++) {
      await until(() => gateway.held.length > 0);
      gateway.held.shift()?.(answered);
    }
    expect(await Promise.all(calls)).toEqual(Array.from({ length: 30 }, (_, index) => index));
    await client.close();
  });
});

describe('half-open connections', () => {
  serve({ pingIntervalMs: 50 });

  it('are ended by ping, living ones are not', async () => {
    // Answers no ping, as a client whose machine is gone.
    const dead = await TcpClient.greet(server.port);
    const peer = gateway.connected.at(-1);
    await until(() => peer?.closed.aborted === true);
    dead.reset();
    expect(gateway.disconnected).toEqual([peer]);
  });
});
