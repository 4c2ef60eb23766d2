import { once } from 'node:events';
import { bootDuplexApp, type DuplexApp } from '../../support/duplex-app.js';
import { RawClient, UpgradeRefusedError } from '../../support/raw-client.js';
import { SampleGateway } from '../../support/sample.gateway.js';
import { TcpClient, upgradeRequest } from '../../support/tcp-client.js';

/** Writes bytes, gives everything that came back until the server closed. */
async function exchange(port: number, bytes: string): Promise<string> {
  const client = await TcpClient.connect(port);
  client.socket.write(bytes);
  return (await client.rest()).toString();
}

describe('the handshake, on a real socket', () => {
  let server: DuplexApp;
  beforeAll(async () => {
    server = await bootDuplexApp([SampleGateway], {
      handshakeTimeoutMs: 300,
      admit: async (request) => {
        await new Promise((resolve) => setImmediate(resolve));
        if (request.headers['x-admit'] === 'throw') throw new Error('secret');
        if (request.headers['x-admit'] === 'late') {
          await new Promise((resolve) => setTimeout(resolve, 30));
          return { kind: 'refused', status: 401, reason: 'x'.repeat(100_000) };
        }
        return request.headers['x-admit'] === 'no'
          ? { kind: 'refused', status: 401, reason: 'wrong or missing secret' }
          : { kind: 'admitted', identity: { name: request.headers['x-key'] } };
      },
    });
  });
  afterAll(() => server.close());

  it.each(['SIMPLEX/1.0;json', 'SIMPLEX/1.9;json'])('accepts %s', async (greeting) => {
    const client = await RawClient.connect(server.url);
    client.send(greeting);
    expect(await client.next()).toBe('+OK');
    await client.close();
  });

  it.each([
    '',
    'hello',
    '+OK',
    'SIMPLEX/2.0;json',
    'SIMPLEX/1.0;msgpack',
    'SIMPLEX/1.0;zzz',
    'SIMPLEX/1.0',
    'DUPLEX/1.0;json',
    '{"type":"req","method":"echo","id":1}',
    'x'.repeat(100_000),
  ])('refuses %.40j with one text frame and 1002', async (greeting) => {
    const client = await RawClient.connect(server.url);
    client.send(greeting);
    const refusal = await client.next();
    expect(refusal).toMatch(/^-ERR /);
    expect(Buffer.byteLength(refusal)).toBeLessThanOrEqual(32);
    expect(await client.closed).toMatchObject({ code: 1002 });
    expect(client.pending).toEqual([]);
  });

  it('refuses a binary handshake', async () => {
    const client = await RawClient.connect(server.url);
    client.socket.send(Buffer.from('SIMPLEX/1.0;json'));
    expect(await client.next()).toBe('-ERR handshake must be text');
    expect(await client.closed).toMatchObject({ code: 1002 });
  });

  it('refuses a client that does not greet in time', async () => {
    const client = await RawClient.connect(server.url);
    expect(await client.next()).toBe('-ERR handshake timeout');
    expect(await client.closed).toMatchObject({ code: 1002 });
  });

  it('serves requests that were sent before +OK came', async () => {
    const client = await RawClient.connect(server.url);
    client.send('SIMPLEX/1.0;json');
    client.send('{"type":"req","method":"echo","id":1,"payload":"a"}');
    client.send('{"type":"req","method":"echo","id":2,"payload":"b"}');
    expect(await client.next()).toBe('+OK');
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 1, payload: 'a' });
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 2, payload: 'b' });
    await client.close();
  });

  it('gives gateways what admit said, and the headers', async () => {
    const client = await RawClient.greet(server.url, {
      headers: { 'x-key': 'k', origin: 'http://elsewhere' },
    });
    client.send('{"type":"req","method":"whoami","id":1}');
    expect(await client.nextMessage()).toMatchObject({ payload: { identity: { name: 'k' }, header: 'k' } });
    await client.close();
  });

  it('answers a refused upgrade with HTTP, status and reason', async () => {
    const refused = RawClient.connect(server.url, { headers: { 'x-admit': 'no' } });
    await expect(refused).rejects.toEqual(new UpgradeRefusedError(401, 'wrong or missing secret'));
  });

  it('answers 500 with no detail when admit fails', async () => {
    const refused = RawClient.connect(server.url, { headers: { 'x-admit': 'throw' } });
    await expect(refused).rejects.toMatchObject({ status: 500, body: 'Internal Server Error' });
  });

  it.each(['elsewhere', '//', 'a?b=/', '%2f'])('answers 404 on the path /%s', async (path) => {
    await expect(RawClient.connect(server.url + path)).rejects.toMatchObject({ status: 404 });
  });

  it('takes a query on the path', async () => {
    const client = await RawClient.greet(`${server.url}?a=b`);
    expect(await client.close()).toMatchObject({ code: 1005 });
  });

  it('returns no subprotocol and no extension', async () => {
    const client = await TcpClient.connect(server.port);
    client.socket.write(
      upgradeRequest('/', 'Sec-WebSocket-Protocol: chat\r\nSec-WebSocket-Extensions: permessage-deflate\r\n'),
    );
    const head = String((await once(client.socket, 'data'))[0]);
    client.reset();
    expect(head).toMatch(/^HTTP\/1.1 101 /);
    expect(head).not.toMatch(/Sec-WebSocket-(Protocol|Extensions)/i);
  });

  it('answers plain HTTP promptly', async () => {
    const response = await fetch(server.url.replace('ws:', 'http:'));
    expect(response.status).toBe(404);
  });

  it.each([
    ['bytes that are no HTTP', 'SIMPLEX/1.0;json\r\n\r\n', /^HTTP\/1.1 400 /],
    ['an upgrade with no key', upgradeRequest('/').replace(/Sec-WebSocket-Key.*\r\n/, ''), /^HTTP\/1.1 400 /],
    [
      'an upgrade of another version',
      upgradeRequest('/').replace('Version: 13', 'Version: 7'),
      /^HTTP\/1.1 400 /,
    ],
    ['a POST upgrade', upgradeRequest('/').replace('GET', 'POST'), /^HTTP\/1.1 405 /],
    ['another target form', upgradeRequest('*'), /^HTTP\/1.1 (400|404) /],
  ])('answers %s', async (_name, bytes, answer) => {
    expect(await exchange(server.port, bytes)).toMatch(answer);
  });

  it('survives clients that reset while they are being admitted', async () => {
    const clients = await Promise.all(Array.from({ length: 20 }, () => TcpClient.connect(server.port)));
    for (const client of clients) {
      client.socket.write(upgradeRequest('/', 'X-Admit: late\r\n'), () =>
        setTimeout(() => client.reset(), 10),
      );
    }
    await Promise.all(clients.map(({ closed }) => closed));
    // The refusals are written to sockets that are gone.
    await new Promise((resolve) => setTimeout(resolve, 60));
    const next = await RawClient.greet(server.url);
    expect(await next.close()).toMatchObject({ code: 1005 });
  });
});
