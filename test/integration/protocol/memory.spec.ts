/** What clients may make the gateway keep in memory: bounded for each account, and given back whatever becomes of them. */
import { once } from 'node:events';
import { MemoryBudget } from '../../../src/memory-budget/index.js';
import type { ProtocolOptions } from '../../../src/protocol/index.js';
import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { RawClient, UpgradeRefusedError } from '../../support/raw-client.js';
import { SampleGateway } from '../../support/sample.gateway.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

const KIB = 1024;
const MIB = 1024 * KIB;

let server: DuplexApp;
let gateway: SampleGateway;
let memory: MemoryBudget;
let bystander: DuplexClient;

/** Serves with so much memory; clients without the header share one account. After each test nothing of theirs is left. */
function serve(bytes: number, options: Partial<ProtocolOptions> = {}): void {
  beforeAll(async () => {
    memory = new MemoryBudget(bytes);
    server = await bootDuplexApp([SampleGateway], {
      memory,
      admit: ({ headers }) => ({ kind: 'admitted', account: String(headers['x-key'] ?? 'crowd') }),
      ...options,
    });
    gateway = server.app.get(SampleGateway);
    bystander = await DuplexClient.connect(server.url, { headers: { 'x-key': 'bystander' } });
  });
  afterEach(async () => {
    expect(await bystander.call('echo', 'undisturbed')).toBe('undisturbed');
    await until(() => memory.usedBy('crowd') === 0);
  });
  afterAll(async () => {
    await bystander.close();
    await until(() => memory.used === 0);
    await server.close();
  });
}

/** A frame of any length with a mask of zeroes. */
function frameOf(text: string | Buffer, announced = Buffer.byteLength(text)): Buffer {
  const head = Buffer.alloc(14);
  head.writeUInt16BE(0x81_ff);
  head.writeBigUInt64BE(BigInt(announced), 2);
  return Buffer.concat([head, Buffer.from(text)]);
}

const request = (method: string, id: number, payload?: unknown): string =>
  JSON.stringify({ type: 'req', method, id, payload });

async function crowdOf<Client>(count: number, connect: () => Promise<Client>): Promise<Client[]> {
  return Promise.all(Array.from({ length: count }, connect));
}

describe('unfinished frames', () => {
  serve(4 * MIB);

  it('of many connections close those that are too many with 1013, and others are served', async () => {
    const clients = await crowdOf(40, () => TcpClient.greet(server.port));
    const peers = gateway.connected.slice(-40);
    let most = 0;
    for (const { socket } of clients) socket.resume().write(frameOf('x'.repeat(200 * KIB), 7 * MIB));
    await until(() => {
      most = Math.max(most, memory.usedBy('crowd'));
      return peers.some((peer) => peer.closed.aborted);
    });
    expect(await bystander.call('echo', 'y'.repeat(MIB / 4))).toHaveLength(MIB / 4);
    expect(most).toBeLessThanOrEqual(2 * MIB);
    for (const client of clients) client.reset();
  });

  it.each([
    ['alone', async () => undefined],
    ['with pings between them', async ({ socket }: RawClient) => socket.ping()],
  ])('in parts %s are closed with 1013', async (_, between) => {
    const client = await RawClient.greet(server.url);
    for (let sent = 0; sent < 120 && client.socket.readyState === 1; sent++) {
      client.socket.send('x'.repeat(60 * KIB), { fin: false });
      await between(client); // oxlint-disable-line no-await-in-loop
    }
    expect(await client.closed).toEqual({ code: 1013, reason: 'no memory for the frame' });
  });

  it('that become whole are served, and cost nothing more', async () => {
    const client = await RawClient.greet(server.url);
    for (let id = 1; id <= 6; id++) {
      client.socket.send(`{"type":"req","method":"echo","id":${id},"payload":"`, { fin: false });
      client.socket.ping();
      client.socket.send('x'.repeat(900 * KIB), { fin: false });
      client.socket.pong();
      client.socket.send('"}');
      expect(await client.nextMessage()).toMatchObject({ id }); // oxlint-disable-line no-await-in-loop
    }
    await client.close();
  });

  it('of connections that are reset give back what they took', async () => {
    for (let round = 0; round < 5; round++) {
      const clients = await crowdOf(8, () => TcpClient.greet(server.port));
      for (const { socket } of clients) socket.write(frameOf('x'.repeat(150 * KIB), 7 * MIB));
      await until(() => memory.usedBy('crowd') > 500 * KIB);
      for (const client of clients) client.reset();
      await until(() => memory.usedBy('crowd') === 0);
    }
    expect(memory.usedBy('crowd')).toBe(0);
  });
});

describe('frames that are being read', () => {
  serve(64 * MIB);

  it('are served in their order, large and small ones and empty ones in one write', async () => {
    const client = await RawClient.greet(server.url);
    const { length } = gateway.executions;
    const payloads = [
      'a'.repeat(3 * MIB),
      'b',
      'c',
      'd'.repeat(100 * KIB),
      ...Array.from('efghijklmnopqrstuvwxyz'),
      'Z'.repeat(MIB),
    ];
    const frames = payloads.map((payload, i) => frameOf(request('echo', i + 1, payload)));
    const raw = await TcpClient.greet(server.port);
    raw.socket.resume();
    raw.socket.write(Buffer.concat(frames.flatMap((frame) => [frame, frameOf('')])));
    await until(() => gateway.executions.length === length + payloads.length);
    expect(gateway.executions.slice(length).every((payload, i) => payload === payloads[i])).toBe(true);
    raw.reset();
    await client.close();
  });

  it('of many accounts and connections are all answered', async () => {
    const clients = await crowdOf(6, () => DuplexClient.connect(server.url));
    const payload = { list: Array.from({ length: 50_000 }, (_, i) => i) };
    const text = JSON.stringify(payload);
    const answers = clients.flatMap((client) => [1, 2, 3].map(() => client.call('echo', payload)));
    // As JSON: `toEqual` would take longer than all the rest.
    for (const answer of await Promise.all(answers)) expect(JSON.stringify(answer) === text).toBe(true);
    await Promise.all(clients.map((client) => client.close()));
  });

  it('are forgotten when their connection is killed, at whatever moment', async () => {
    const frame = frameOf(request('echo', 1, 'x'.repeat(4 * MIB)));
    for (let round = 0; round < 20; round++) {
      const client = await TcpClient.greet(server.port);
      client.socket.resume().write(Buffer.concat([frame, frameOf(request('echo', 2, round))]));
      await until(() => memory.usedBy('crowd') > (round % 8) * 512 * KIB);
      client.reset();
      await until(() => memory.usedBy('crowd') === 0);
    }
    expect(memory.usedBy('crowd')).toBe(0);
  });

  it.each([
    ['that is no JSON at its end', `[${'1,'.repeat(2 * MIB)}]`, 1007],
    ['that is an array', `[${'1,'.repeat(2 * MIB)}1]`, 1002],
    ['that is too deep to be closed', '['.repeat(2 * MIB), 1007],
    ['that is longer than a frame may be', 'x'.repeat(8 * MIB + 1), 1009],
  ])('close a connection for one %s', async (_, text, code) => {
    const client = await RawClient.greet(server.url);
    client.send(text);
    client.send(request('echo', 2, 'never'));
    expect((await client.closed).code).toBe(code);
    expect(client.pending).toEqual([]);
  });
});

describe('connections', () => {
  serve(256 * KIB);

  it('beyond the share of their account are refused with 503, and others are let in', async () => {
    const clients: RawClient[] = [];
    const refused = async (): Promise<unknown> => {
      for (;;) clients.push(await RawClient.greet(server.url)); // oxlint-disable-line no-await-in-loop
    };
    await expect(refused()).rejects.toEqual(
      expect.objectContaining({ status: 503, body: 'too many connections' }),
    );
    await expect(refused()).rejects.toBeInstanceOf(UpgradeRefusedError);
    expect(clients.length).toBeGreaterThan(3);
    expect(memory.usedBy('crowd')).toBeLessThanOrEqual(memory.total / 2);
    const other = await DuplexClient.connect(server.url, { headers: { 'x-key': 'other' } });
    expect(await other.call('echo', 1)).toBe(1);
    await other.close();
    await clients.pop()?.close();
    await until(() => memory.usedBy('crowd') < memory.total / 2 - 24 * KIB);
    clients.push(await RawClient.greet(server.url));
    await Promise.all(clients.map((client) => client.close()));
  });

  it('that are no WebSockets take nothing', async () => {
    for (let round = 0; round < 40; round++) {
      const client = await TcpClient.connect(server.port);
      client.socket.write(
        'GET / HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n',
      );
      expect(String(await client.rest())).toMatch(/^HTTP\/1.1 4/);
    }
    expect(memory.usedBy('crowd')).toBe(0);
  });
});

describe('answers that nobody reads', () => {
  serve(16 * MIB);

  it('close those connections with 1013 whose account has no more memory', async () => {
    const clients = await crowdOf(4, () => RawClient.greet(server.url));
    const peers = gateway.connected.slice(-4);
    for (const client of clients) {
      client.socket.pause();
      for (let id = 1; id <= 16; id++) client.send(request('big', id, MIB));
    }
    let most = 0;
    await until(() => {
      most = Math.max(most, memory.usedBy('crowd'));
      return peers.some((peer) => peer.closed.aborted);
    });
    expect(most).toBeLessThanOrEqual(8 * MIB);
    expect(await bystander.call('big', MIB)).toHaveLength(MIB);
    for (const client of clients) client.socket.resume();
    const closed = await Promise.all(
      clients.filter((_, i) => peers[i]?.closed.aborted).map((client) => client.closed),
    );
    for (const closing of closed) expect(closing).toEqual({ code: 1013, reason: 'reads too slowly' });
    for (const client of clients) client.socket.terminate();
  });

  it('give back what they took once they are read', async () => {
    const client = await RawClient.greet(server.url);
    client.socket.pause();
    for (let id = 1; id <= 12; id++) client.send(request('big', id, MIB));
    await until(() => memory.usedBy('crowd') > 500 * KIB);
    client.socket.resume();
    for (let id = 1; id <= 12; id++) expect(await client.nextMessage()).toMatchObject({ id }); // oxlint-disable-line no-await-in-loop
    await until(() => memory.usedBy('crowd') <= 24 * KIB);
    await client.close();
  });

  it('give back what they took when their connection is killed', async () => {
    const client = await RawClient.greet(server.url);
    client.socket.pause();
    for (let id = 1; id <= 12; id++) client.send(request('big', id, MIB));
    await until(() => memory.usedBy('crowd') > 500 * KIB);
    client.socket.terminate();
    expect((await client.closed).code).toBe(1006);
  });
});

describe('a frame that never becomes whole', () => {
  serve(16 * MIB, { frameTimeoutMs: 300, closeTimeoutMs: 100 });
  const timeout = { code: 1008, reason: 'frame timeout' };

  it('closes its connection with 1008, whatever comes meanwhile: nothing, pings, pongs, more of it', async () => {
    const meanwhile: readonly ((client: RawClient) => void)[] = [
      () => undefined,
      ({ socket }) => socket.ping('x'),
      ({ socket }) => socket.pong('x'),
      ({ socket }) => socket.send('x', { fin: false }),
    ];
    const closings = meanwhile.map(async (send) => {
      const client = await RawClient.greet(server.url);
      client.socket.send('{"type":', { fin: false });
      const timer = setInterval(() => send(client), 50);
      const closing = await client.closed;
      clearInterval(timer);
      return closing;
    });
    expect(await Promise.all(closings)).toEqual(meanwhile.map(() => timeout));
  });

  it('closes it in the middle of a frame, too', async () => {
    const client = await TcpClient.greet(server.port);
    client.socket.write(frameOf('{"type":', 1000));
    expect((await client.rest()).toString('latin1')).toContain('frame timeout');
  });

  it('is nothing that a connection with whole frames has, however long it rests', async () => {
    const client = await RawClient.greet(server.url);
    client.socket.ping('x');
    client.socket.pong('y');
    client.send('');
    client.socket.ping();
    await new Promise((resolve) => setTimeout(resolve, 2500));
    client.send(request('echo', 1, 'here'));
    expect(await client.nextMessage()).toMatchObject({ payload: 'here' });
    await client.close();
  });
});

describe('control frames', () => {
  serve(16 * MIB, { closeTimeoutMs: 100 });

  it.each([
    ['pings', 0x9],
    ['pongs', 0xa],
  ])('close a connection with 1008 when they are a flood: %s', async (_, opcode) => {
    const client = await TcpClient.greet(server.port);
    const peer = gateway.connected.at(-1);
    const flood = Buffer.concat(
      Array.from({ length: 5000 }, () => TcpClient.frame(opcode, Buffer.from('x'))),
    );
    client.socket.write(flood);
    expect((await client.rest()).toString('latin1')).toContain('too many control frames');
    expect(peer?.closed.aborted).toBe(true);
  });

  it('are answered where they are few', async () => {
    const client = await RawClient.greet(server.url);
    client.socket.ping('here');
    const [data] = (await once(client.socket, 'pong')) as [Buffer];
    expect(data.toString()).toBe('here');
    await client.close();
  });
});
