/** What the wire tells an observer, over real sockets. */
import { once } from 'node:events';
import { request } from 'node:http';
import type { ProtocolObserver, Settlement } from '../../../src/protocol/index.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { untilCancelled } from '../../support/fake-sandbox.js';
import { RawClient } from '../../support/raw-client.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { until } from '../../support/until.js';

/** Notes all that it is told. */
class Notes implements ProtocolObserver {
  open = 0;
  readonly codes: number[] = [];
  readonly statuses: number[] = [];
  readonly in: number[] = [];
  readonly out: number[] = [];
  readonly settlements: Settlement[] = [];
  opened(): void {
    this.open += 1;
  }
  closed(code: number): void {
    this.codes.push(code);
  }
  refused(status: number): void {
    this.statuses.push(status);
  }
  received(bytes: number): void {
    this.in.push(bytes);
  }
  sent(bytes: number): void {
    this.out.push(bytes);
  }
  settled(settlement: Settlement): void {
    this.settlements.push(settlement);
  }
}

const code = 'function f(cb) { cb(1) }';
let notes: Notes;
let app: RuntimeApp;

beforeEach(async () => {
  notes = new Notes();
  app = await RuntimeApp.start({ observer: notes, auth: { secret: 's3cret' } });
});

afterEach(() => app.close());

const headers = { 'x-runtime-secret': 's3cret' };

/** The status with which an upgrade request with these headers is answered. */
async function statusOf(method: string, path: string, more: Record<string, string>): Promise<number> {
  const asking = request(`http://${app.address}${path}`, {
    method,
    headers: { connection: 'upgrade', upgrade: 'websocket', ...more },
  }).end();
  const [response] = await once(asking, 'response');
  response.resume();
  return response.statusCode;
}

it('counts frames and their bytes in UTF-8, both ways', async () => {
  const client = await RawClient.greet(app.url, { headers });
  const frame = JSON.stringify({
    type: 'req',
    id: 1,
    method: 'runtime.execute',
    payload: { code: '// ü€😀' },
  });
  client.send(frame);
  const reply = await client.next();
  const binary = client.socket;
  binary.send(Buffer.from([1, 2, 3]));
  expect((await client.closed).code).toBe(1003);
  await until(() => notes.codes.length === 1);
  expect(notes.in).toEqual(['SIMPLEX/1.0;json'.length, Buffer.byteLength(frame), 3]);
  expect(notes.out).toEqual(['+OK'.length, Buffer.byteLength(reply)]);
  expect(notes).toMatchObject({ open: 1, codes: [1003] });
});

it('tells how each request was settled, unknown methods and unread payloads too', async () => {
  const client = await DuplexClient.connect(app.url, { headers });
  await client.call('runtime.execute', { code });
  await expect(client.call('runtime.execute', { code: 5 })).rejects.toMatchObject({ code: 1100 });
  await expect(client.call('anything at all')).rejects.toMatchObject({ code: 1101 });
  expect(notes.settlements).toMatchObject([
    { method: 'runtime.execute', served: true, code: undefined },
    { method: 'runtime.execute', served: true, code: 1100 },
    { method: 'anything at all', served: false, code: 1101 },
  ]);
  for (const [i, { requestBytes, replyBytes, receivedAt, answeredAt }] of notes.settlements.entries()) {
    expect([requestBytes, replyBytes]).toEqual([notes.in[i + 1], notes.out[i + 1]]);
    expect(answeredAt).toBeGreaterThanOrEqual(receivedAt);
  }
  await client.close();
});

it('tells of no reply to a notification, nor to a client that has gone', async () => {
  const client = await RawClient.greet(app.url, { headers });
  client.send(JSON.stringify({ type: 'req', method: 'runtime.execute', payload: { code } }));
  await until(() => notes.settlements.length === 1);
  app.sandbox.answer = untilCancelled;
  client.send(JSON.stringify({ type: 'req', id: 1, method: 'runtime.execute', payload: { code } }));
  await until(() => app.sandbox.executions.length === 2);
  await client.close();
  await until(() => notes.settlements.length === 2);
  expect(notes.settlements).toMatchObject([
    { code: undefined, replyBytes: 0 },
    { code: 1004, replyBytes: 0 },
  ]);
});

it.each([
  { why: 'without the secret', status: 401, ask: () => statusOf('GET', '/', {}) },
  { why: 'on another path', status: 404, ask: () => statusOf('GET', '/x', headers) },
  { why: 'by another HTTP method', status: 405, ask: () => statusOf('POST', '/', headers) },
  { why: 'without a key', status: 400, ask: () => statusOf('GET', '/', headers) },
])('counts an upgrade that is refused $why', async ({ status, ask }) => {
  expect(await ask()).toBe(status);
  expect(notes).toMatchObject({ statuses: [status], open: 0 });
});

it('completes the record of an execution when its reply was sent', async () => {
  const usage = { queuedMs: 1, startMs: 0, runMs: 2, cpuMs: 0, memoryBytes: 0 };
  app.sandbox.answer = () => ({ kind: 'returned', value: 'ü', console: [], timeMs: 2, usage });
  const client = await DuplexClient.connect(app.url, { headers });
  await client.call('runtime.execute', { code }, { ext: { traceparent: '00-1' } });
  const [settlement] = notes.settlements;
  expect(app.records).toEqual([
    {
      method: 'runtime.execute',
      tenant: 'default',
      outcome: 'returned',
      limit: undefined,
      code: undefined,
      usage,
      receivedAt: settlement?.receivedAt,
      askedAt: expect.any(Number),
      endedAt: expect.any(Number),
      answeredAt: settlement?.answeredAt,
      requestBytes: notes.in[1],
      replyBytes: notes.out[1],
      ext: '{"traceparent":"00-1"}',
    },
  ]);
  await client.close();
});

describe('an observer that throws', () => {
  it('costs no refused client its answer, and the process no unhandled rejection', async () => {
    const faults: unknown[] = [];
    const note = (error: unknown): unknown => faults.push(error);
    process.on('unhandledRejection', note);
    notes.refused = () => {
      throw new Error('refused');
    };
    notes.opened = () => {
      throw new Error('opened');
    };
    expect(await statusOf('GET', '/nothing', {})).toBe(404);
    expect(await statusOf('GET', '/', {})).toBe(401);
    // One that was accepted is closed: who it is was not noted.
    const client = await DuplexClient.connect(app.url, { headers }).catch(() => undefined);
    await client?.closed;
    await new Promise((resolve) => setImmediate(resolve));
    process.off('unhandledRejection', note);
    expect(faults).toEqual([]);
  });
});
