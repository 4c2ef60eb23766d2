/** The real program: scripts over HTTP, the other routes of its port, and shutdown. */
import { once } from 'node:events';
import { setTimeout as delay } from 'node:timers/promises';
import { Binary } from '../../support/binary.js';
import { DuplexClient } from '../../support/duplex-client.js';
import { get } from '../../support/http.js';
import { JSON_HEADERS, post, postForEvents } from '../../support/http-execute.js';
import { readEvents } from '../../support/server-sent-events.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

const started: Binary[] = [];

function start(environment: Readonly<Record<string, string>> = {}): Binary {
  const binary = new Binary([], { PORT: '0', ...environment });
  started.push(binary);
  return binary;
}

afterAll(() => {
  for (const binary of started.splice(0)) binary.kill('SIGKILL');
});

const sleeper = (ms: number) => ({
  code: `console.log("began"); function f(cb) { setTimeout(() => cb("slept"), ${ms}) }`,
  call: 'f',
});

async function readyStatus(url: string, wanted: number): Promise<void> {
  const { status } = await get(url, '/readyz');
  if (status === wanted) return;
  await delay(20);
  return readyStatus(url, wanted);
}

/** Resolves when the log has more cancelled executions than it had. */
const hasCancelled = (binary: Binary, before: number): Promise<void> =>
  until(() => cancelledBy(binary) > before);
const cancelledBy = (binary: Binary): number => binary.output.match(/"outcome":"cancelled"/g)?.length ?? 0;

describe('a service', () => {
  let binary: Binary;
  let url: string;
  beforeAll(async () => {
    binary = start({ TIMEOUT: '600000', SANDBOX_MAX_CONSOLE_BYTES: '100000000' });
    url = await binary.listens();
  });

  it('returns the same result over HTTP and over WebSocket, and serves its other routes', async () => {
    const client = await DuplexClient.connect(url);
    const script = {
      code: 'function f(cb) { console.log(a); cb({ a, list: [null, "é", 1.5] }) }',
      globals: { a: { b: 'ü' } },
      call: 'f',
    };
    const { body } = await post(url, script);
    expect({ ...body, time: 0 }).toEqual({
      ...((await client.call('runtime.execute', script)) as object),
      time: 0,
    });
    expect(await get(url, '/livez')).toEqual({ status: 200, text: '{"status":"ok"}' });
    expect((await get(url, '/readyz')).text).toMatch(/^\{"status":"(?:ok|degraded)","info":/);
    const { text } = await get(url, '/metrics');
    expect(text).toMatch(/executions_total\{[^}]*outcome="returned"[^}]*\} 2/);
    await client.close();
  });

  it('streams a console line of an endless script, and cancels the script when the client disconnects', async () => {
    const before = cancelledBy(binary);
    const leaving = new AbortController();
    const response = await fetch(new URL('/v1/execute', url.replace('ws', 'http')), {
      method: 'POST',
      headers: { ...JSON_HEADERS, accept: 'text/event-stream' },
      body: JSON.stringify({ code: 'console.warn("working"); for (;;);' }),
      signal: leaving.signal,
    });
    const { value } = (await response.body?.getReader().read()) ?? {};
    const [line] = readEvents(Buffer.from(value ?? []).toString());
    expect(line).toMatchObject({ event: 'console', data: { level: 'warn', text: 'working' } });
    leaving.abort();
    await hasCancelled(binary, before);
  });

  it('streams the values that an async generator yields', async () => {
    const code =
      'async function* f() { for (let n = 1; n < 4; n++) { console.log(n); yield { n } } return "done" }';
    const { events } = await postForEvents(url, { code, call: 'f' });
    const { data } = events.at(-1) ?? {};
    expect(data).toMatchObject({ value: 'done', console: ['1', '2', '3'] });
    expect(events.map(({ event }) => event)).toEqual([
      'console',
      'value',
      'console',
      'value',
      'console',
      'value',
      'result',
    ]);
    expect(events.filter(({ event }) => event === 'value').map((event) => event.data)).toEqual([
      { n: 1 },
      { n: 2 },
      { n: 3 },
    ]);
  });

  it('applies back-pressure to a stream while the client does not read it, and loses nothing', async () => {
    const lines = 2000;
    const code = `async function f() {
      for (let n = 0; n < ${lines}; n++) { console.log(n, "x".repeat(10000)); if (n % 50 === 0) await null }
      return "done" }`;
    const body = JSON.stringify({ code, call: 'f' });
    const client = await TcpClient.connect(Number(new URL(url).port));
    client.socket.pause();
    client.socket.write(
      'POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nAccept: text/event-stream\r\n' +
        `Content-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    // The line that the log has of it, by its bytes: no other execution of this service has so many.
    const executed = /"outcome":"returned".*"replyBytes":\d{8}/;
    await delay(1000);
    expect(binary.output).not.toMatch(executed);
    client.socket.resume();
    const text = String(await client.rest());
    await binary.says(executed);
    expect(text.match(/^event: console$/gm)).toHaveLength(lines);
    expect(text).toContain('event: result\ndata: {"value":"done"');
  });

  it('cancels an endless loop when the client disconnects, long before its deadline', async () => {
    const before = cancelledBy(binary);
    const client = await TcpClient.connect(Number(new URL(url).port));
    const body = '{"code":"for(;;);"}';
    client.socket.write(
      `POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
    );
    await delay(300);
    client.reset();
    await hasCancelled(binary, before);
    expect(cancelledBy(binary)).toBe(before + 1);
  });

  it('that shuts down answers requests in flight, is not ready, refuses new requests, and closes idle connections', async () => {
    const running = post(url, sleeper(1500));
    const idle = await TcpClient.connect(Number(new URL(url).port));
    idle.socket.write('GET /livez HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(idle.socket, 'data');
    await delay(300);
    binary.kill('SIGTERM');
    await readyStatus(url, 503);
    expect((await get(url, '/livez')).status).toBe(200);
    const refused = await post(url, sleeper(0));
    expect(refused).toMatchObject({ status: 503, body: { code: 1202 } });
    expect(await running).toMatchObject({ status: 200, body: { value: 'slept', console: ['began'] } });
    expect(await binary.ended()).toBe(0);
    expect(binary.stderr).toBe('');
  });
});

describe('a service that shuts down', () => {
  it('drains HTTP and WebSocket in parallel', async () => {
    // The process allows itself more than one grace period and less than two. In sequence, it would exit with 70.
    const binary = start({ SHUTDOWN_GRACE: '6000', TIMEOUT: '600000' });
    const url = await binary.listens();
    const client = await DuplexClient.connect(url);
    const ends = [client.call('runtime.execute', sleeper(60_000)), post(url, sleeper(60_000))].map((end) =>
      end.then(
        () => 'answered',
        () => 'cut',
      ),
    );
    await delay(500);
    binary.kill('SIGTERM');
    expect(await Promise.all(ends)).toEqual(['cut', 'cut']);
    expect(await binary.ended()).toBe(0);
  });
});
