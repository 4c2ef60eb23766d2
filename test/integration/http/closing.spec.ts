/** Client disconnects and graceful shutdown: real sockets, a sandbox that runs nothing. */
import { Agent, request } from 'node:http';
import { once } from 'node:events';
import type { Socket } from 'node:net';
import { untilCancelled } from '../../support/fake-sandbox.js';
import { JSON_HEADERS, post } from '../../support/http-execute.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

const SCRIPT = { code: '' };
const REQUEST =
  'POST /v1/execute HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 11\r\n\r\n{"code":""}';

let app: RuntimeApp;
const portOf = (): number => Number(app.address.split(':')[1]);

/** Makes the sandbox wait. @returns functions that complete its executions */
function held(): (() => void)[] {
  const answers: (() => void)[] = [];
  app.sandbox.answer = () =>
    new Promise((resolve) => {
      answers.push(() => resolve({ kind: 'returned', value: 'late', console: [], timeMs: 1 }));
    });
  return answers;
}

describe('a client that disconnects', () => {
  beforeEach(async () => {
    app = await RuntimeApp.start();
    app.sandbox.answer = untilCancelled;
  });
  afterEach(() => app.close());

  it.each<[string, (socket: Socket) => void]>([
    ['closes its connection', (socket) => socket.destroy()],
    ['resets its connection', (socket) => socket.resetAndDestroy()],
  ])('cancels its script when it %s', async (_, leave) => {
    const client = await TcpClient.connect(portOf());
    client.socket.write(REQUEST);
    await until(() => app.sandbox.executions.length === 1);
    leave(client.socket);
    await until(() => app.records.length === 1);
    expect(app.records[0]).toMatchObject({ outcome: 'cancelled', code: 1004 });
  });

  it('cancels its script when it reads an event stream', async () => {
    const client = await TcpClient.connect(portOf());
    client.socket.write(REQUEST.replace('Host:', 'Accept: text/event-stream\r\nHost:'));
    await until(() => app.sandbox.executions.length === 1);
    client.socket.destroy();
    await until(() => app.records.length === 1);
    expect(app.records[0]).toMatchObject({ outcome: 'cancelled' });
  });

  it('cancels all of its pipelined scripts', async () => {
    const client = await TcpClient.connect(portOf());
    client.socket.write(REQUEST.repeat(20));
    await until(() => app.sandbox.executions.length === 20);
    client.socket.destroy();
    await until(() => app.records.length === 20);
    expect(new Set(app.records.map(({ outcome }) => outcome))).toEqual(new Set(['cancelled']));
  });

  it('does not cancel its script with keepRunning', async () => {
    let seen: AbortSignal | undefined;
    const answers = held();
    const { answer } = app.sandbox;
    app.sandbox.answer = (execution, cancelled) => {
      seen = cancelled;
      return answer(execution, cancelled);
    };
    const client = await TcpClient.connect(portOf());
    const body = '{"code":"","options":{"keepRunning":true}}';
    client.socket.write(REQUEST.replace('11', String(body.length)).replace('{"code":""}', body));
    await until(() => answers.length === 1);
    client.socket.destroy();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(seen?.aborted).not.toBe(true);
    answers[0]?.();
    await until(() => app.records.length === 1);
    expect(app.records[0]).toMatchObject({ outcome: 'returned', code: undefined });
  });

  it('is told apart from a client that reuses its connection', async () => {
    app.sandbox.answer = () => ({ kind: 'returned', value: 1, console: [], timeMs: 1 });
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const sockets = new Set<Socket>();
    for (let count = 0; count < 20; count += 1) {
      const sent = request(`http://${app.address}/v1/execute`, {
        method: 'POST',
        agent,
        headers: JSON_HEADERS,
      });
      sent.end(JSON.stringify(SCRIPT));
      /* oxlint-disable no-await-in-loop -- one after the other */
      const [response] = await once(sent, 'response');
      response.resume();
      await once(response, 'end');
      /* oxlint-enable no-await-in-loop */
      sockets.add(sent.socket as Socket);
    }
    expect(sockets.size).toBe(1);
    expect(new Set(app.records.map(({ outcome }) => outcome))).toEqual(new Set(['returned']));
    expect([...sockets][0]?.listenerCount('close')).toBeLessThan(10);
    agent.destroy();
  });
});

describe('a service that shuts down', () => {
  it('answers requests in flight, refuses new ones with 1202, and then closes idle connections', async () => {
    app = await RuntimeApp.start();
    const answers = held();
    const running = post(app.address, SCRIPT);
    const idle = await TcpClient.connect(portOf());
    idle.socket.write('GET /openapi.json HTTP/1.1\r\nHost: localhost\r\n\r\n');
    await once(idle.socket, 'data');
    await until(() => answers.length === 1);
    const closed = app.close();
    const refused = await post(app.address, SCRIPT);
    expect(refused).toMatchObject({ status: 503, body: { code: 1202 } });
    expect(refused.headers.get('retry-after')).toBe('1');
    expect(refused.headers.get('connection')).toBe('close');
    expect(idle.socket.destroyed).toBe(false);
    answers[0]?.();
    const answer = await running;
    expect(answer).toMatchObject({ status: 200, body: { value: 'late' } });
    expect(answer.headers.get('connection')).toBe('close');
    await Promise.all([closed, idle.rest()]);
  });

  it('cancels running scripts at the end of the grace period', async () => {
    app = await RuntimeApp.start({ shutdownGraceMs: 50 });
    app.sandbox.answer = untilCancelled;
    const running = post(app.address, SCRIPT).catch((error: unknown) => error);
    await until(() => app.sandbox.executions.length === 1);
    await app.close();
    expect(await running).toMatchObject({ name: 'TypeError' });
    await until(() => app.records.length === 1);
    expect(app.records).toMatchObject([{ outcome: 'cancelled' }]);
  });

  it('does not wait for a request body that never arrives', async () => {
    app = await RuntimeApp.start({ shutdownGraceMs: 50 });
    const client = await TcpClient.connect(portOf());
    client.socket.write(REQUEST.slice(0, -5));
    await post(app.address, SCRIPT);
    await app.close();
    expect(app.sandbox.executions).toHaveLength(1);
    await client.rest();
  });
});
