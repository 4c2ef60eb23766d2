/** Parsing a connection in slices does not change its responses. */
import { request as httpRequest } from 'node:http';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { get } from '../../support/http.js';
import { post } from '../../support/http-execute.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient, upgradeRequest } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

let app: RuntimeApp;
const portOf = (): number => Number(app.address.split(':')[1]);
beforeEach(async () => {
  app = await RuntimeApp.start({ maxBodyBytes: 2 ** 23 });
});
afterEach(() => app.close());

const frame = (id: number): Buffer =>
  TcpClient.frame(
    0x1,
    Buffer.from(JSON.stringify({ type: 'req', method: 'runtime.execute', id, payload: { code: '' } })),
  );
const handshake = TcpClient.frame(0x1, Buffer.from('SIMPLEX/1.0;json'));

/** Ids of the replies in the bytes of frames. */
const repliesIn = (bytes: Buffer): readonly number[] =>
  [...String(bytes).matchAll(/"type":"rep","id":(\d+)/g)].map(([, id]) => Number(id));

describe('a connection with long reads', () => {
  it.each([
    ['a short head', ''],
    ['a head that is longer than a slice', `X-Long: ${'y'.repeat(5000)}\r\n`],
  ])('loses no frame that was sent with its upgrade request: %s', async (_, header) => {
    const client = await TcpClient.connect(portOf());
    let received = Buffer.alloc(0);
    client.socket.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
    const ids = Array.from({ length: 200 }, (_each, index) => index + 1);
    client.socket.write(
      Buffer.concat([Buffer.from(upgradeRequest('/', header)), handshake, ...ids.map(frame)]),
    );
    await until(() => repliesIn(received).length === ids.length);
    expect(repliesIn(received).toSorted((a, b) => a - b)).toEqual(ids);
    client.socket.destroy();
  });

  it('can be upgraded after it was used for requests', async () => {
    const client = await TcpClient.connect(portOf());
    let received = Buffer.alloc(0);
    client.socket.on('data', (chunk: Buffer) => (received = Buffer.concat([received, chunk])));
    client.socket.write('GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await until(() => received.includes('"paths"'));
    client.socket.write(Buffer.concat([Buffer.from(upgradeRequest('/')), handshake, frame(7)]));
    await until(() => repliesIn(received).length > 0);
    expect(repliesIn(received)).toEqual([7]);
    client.socket.destroy();
  });

  it('is answered every request that it sent before it read any answer', async () => {
    const client = await TcpClient.connect(portOf());
    const value = 'x'.repeat(400_000);
    app.sandbox.answer = () => ({ kind: 'returned', value, console: [], timeMs: 1 });
    const script = JSON.stringify({ code: '', pad: 'y'.repeat(500) });
    const head = `POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${script.length}\r\n\r\n`;
    const batch = Buffer.from(`${head}${script}`.repeat(25));
    client.socket.pause();
    // Node pauses a connection whose answers are not read, in the middle of what it has sent.
    for (let batches = 0; batches < 4; batches += 1) {
      client.socket.write(batch);
      await sleep(300);
    }
    let received = '';
    client.socket.on('data', (chunk: Buffer) => (received += chunk.toString('latin1').replaceAll('x', '')));
    client.socket.resume();
    await until(() => received.split('HTTP/1.1 200 OK').length - 1 === 100);
    expect((await get(app.url, '/openapi.json')).status).toBe(200);
    client.socket.destroy();
  });

  it.each([
    ['with Content-Length', (text: string) => ({ 'content-length': text.length })],
    ['chunked', () => ({ 'transfer-encoding': 'chunked' })],
  ])('delivers complete long bodies, one after the other: %s', async (_, lengthOf) => {
    const script = JSON.stringify({ code: Array.from({ length: 700_000 }, (_each, n) => n).join(' ') });
    for (let round = 0; round < 2; round += 1) {
      const sent = httpRequest(`http://${app.address}/v1/execute`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...lengthOf(script) },
      });
      sent.end(script);
      const [response] = await once(sent, 'response'); // oxlint-disable-line no-await-in-loop
      response.resume();
      expect(response.statusCode).toBe(200);
    }
    for (const { script: seen } of app.sandbox.executions)
      expect(JSON.stringify({ code: seen.code })).toBe(script);
    expect(app.sandbox.executions).toHaveLength(2);
  });

  it('is not delayed by a hundred connections that flood the service', async () => {
    const floods = await Promise.all(
      Array.from({ length: 100 }, async () => {
        const client = await TcpClient.connect(portOf());
        client.socket.resume();
        client.socket.write('GET /nothing HTTP/1.1\r\nHost: localhost\r\n\r\n'.repeat(1500));
        return client;
      }),
    );
    expect((await get(app.url, '/openapi.json')).status).toBe(200);
    expect((await post(app.address, { code: '' })).status).toBe(200);
    for (const { socket } of floods) socket.destroy();
  });
});
