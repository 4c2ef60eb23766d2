/** runtime.cancel finds what it names as soon as that was read, whatever its handler still waits for. */
import { EventEmitter, once } from 'node:events';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { PipeTransform } from '@nestjs/common';
import { JsonText } from '../../../src/json-text/index.js';
import type { Execution, Outcome } from '../../../src/sandbox/index.js';
import { untilCancelled } from '../../support/fake-sandbox.js';
import { RawClient } from '../../support/raw-client.js';
import { RuntimeApp } from '../../support/runtime-app.js';
import { TcpClient } from '../../support/tcp-client.js';
import { until } from '../../support/until.js';

interface Reply {
  readonly id: number;
  readonly payload?: unknown;
  readonly error?: { readonly code: number; readonly data?: unknown };
}

const request = (method: string, id: number | undefined, payload: unknown): string =>
  JSON.stringify({ type: 'req', method: `runtime.${method}`, id, payload });
const frame = (text: string): Buffer => TcpClient.frame(0x1, Buffer.from(text));

/** The replies on a socket by their ids; a frame of the service's is short and has no mask. */
function repliesOf(socket: Socket): ReadonlyMap<number, Reply> {
  const replies = new Map<number, Reply>();
  let rest: Buffer = Buffer.alloc(0);
  socket.on('data', (chunk: Buffer) => {
    rest = Buffer.concat([rest, chunk]);
    for (let short = rest[1]; short !== undefined; short = rest[1]) {
      if (short === 126 && rest.length < 4) return;
      const [from, length] = short === 126 ? [4, rest.readUInt16BE(2)] : [2, short];
      if (rest.length < from + length) return;
      const text = rest.toString('utf8', from, from + length);
      rest = rest.subarray(from + length);
      if (text.startsWith('{')) replies.set(JSON.parse(text).id, JSON.parse(text));
    }
  });
  return replies;
}

let app: RuntimeApp;
const start = async (globalPipes: readonly PipeTransform[] = []): Promise<void> => {
  app = await RuntimeApp.start({ globalPipes });
  app.sandbox.answer = untilCancelled;
};
const port = (): number => Number(app.address.split(':')[1]);

afterEach(() => app.close());

const CANCELLED = { code: 1004, message: 'Cancelled', data: { console: [] } };

describe('runtime.cancel', () => {
  it('finds a request in the same write, 500 times', async () => {
    await start();
    const client = await TcpClient.greet(port());
    const replies = repliesOf(client.socket);
    for (let id = 1; id < 1000; id += 2) {
      const both = [request('execute', id, { code: '' }), request('cancel', id + 1, { id })];
      client.socket.write(Buffer.concat(both.map(frame)));
      await until(() => replies.has(id) && replies.has(id + 1));
      expect(replies.get(id + 1)?.payload).toEqual({ cancelled: true });
      expect(replies.get(id)?.error).toEqual(CANCELLED);
    }
    client.reset();
  });

  it('finds a request 0 to 3 ms later', async () => {
    await start();
    const client = await TcpClient.greet(port());
    const replies = repliesOf(client.socket);
    for (let id = 1; id < 200; id += 2) {
      client.socket.write(frame(request('execute', id, { code: '' })));
      if (id % 5 > 0) await delay((id % 5) - 1);
      client.socket.write(frame(request('cancel', id + 1, { id })));
      await until(() => replies.has(id) && replies.has(id + 1));
      expect(replies.get(id + 1)?.payload).toEqual({ cancelled: true });
      expect(replies.get(id)?.error).toEqual(CANCELLED);
    }
    client.reset();
  });

  it.each(['execute', 'prepare'])(
    'ends an %s that is not validated yet: nothing of it runs',
    async (method) => {
      const test = new EventEmitter();
      const slow: PipeTransform = {
        async transform(value: unknown) {
          if (value instanceof JsonText && value.fields.has('code')) await once(test, 'go on');
          return value;
        },
      };
      await start([slow]);
      const client = await RawClient.greet(app.url);
      client.send(request(method, 1, { code: 'slow' }));
      client.send(request('cancel', 2, { id: 1 }));
      expect(await client.nextMessage()).toMatchObject({ id: 2, payload: { cancelled: true } });
      test.emit('go on');
      expect(await client.nextMessage()).toEqual({ type: 'rep', id: 1, error: CANCELLED });
      expect(app.sandbox.executions).toEqual([]);
      expect(app.records).toMatchObject([{ method: `runtime.${method}`, outcome: 'cancelled', code: 1004 }]);
      await client.close();
    },
  );

  it('ends all that run with one id, and knows it no more afterwards', async () => {
    await start();
    const client = await RawClient.greet(app.url);
    client.send(request('execute', 1, { code: 'first' }));
    client.send(request('execute', 1, { code: 'second' }));
    await until(() => app.sandbox.executions.length === 2);
    client.send(request('cancel', 2, { id: 1 }));
    const answers = [await client.nextMessage(), await client.nextMessage(), await client.nextMessage()];
    expect(answers.filter(({ id }) => id === 1)).toEqual([
      { type: 'rep', id: 1, error: CANCELLED },
      { type: 'rep', id: 1, error: CANCELLED },
    ]);
    expect(answers).toContainEqual({ type: 'rep', id: 2, payload: { cancelled: true } });
    client.send(request('cancel', 3, { id: 1 }));
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 3, payload: { cancelled: false } });
    await client.close();
  });

  it('finds the one that still runs when another of its id has its answer', async () => {
    await start();
    app.sandbox.answer = (execution, cancelled) =>
      execution.script.code === 'quick'
        ? { kind: 'returned', value: 'quick', console: [], timeMs: 0 }
        : untilCancelled(execution, cancelled);
    const client = await RawClient.greet(app.url);
    client.send(request('execute', 1, { code: 'slow' }));
    client.send(request('execute', 1, { code: 'quick' }));
    expect(await client.nextMessage()).toMatchObject({ id: 1, payload: { value: 'quick' } });
    client.send(request('cancel', 2, { id: 1 }));
    const answers = [await client.nextMessage(), await client.nextMessage()];
    expect(answers).toContainEqual({ type: 'rep', id: 1, error: CANCELLED });
    expect(answers).toContainEqual({ type: 'rep', id: 2, payload: { cancelled: true } });
    await client.close();
  });

  it.each<[string, unknown]>([
    ['its own', 2],
    ['one of another type', '1'],
    ['one that nobody has used', 7],
  ])('ends nothing for an id that is %s', async (_, id) => {
    await start();
    const client = await RawClient.greet(app.url);
    client.send(request('execute', 1, { code: '' }));
    client.send(request('execute', undefined, { code: 'notification' }));
    client.send(request('cancel', 2, { id }));
    expect(await client.nextMessage()).toEqual({ type: 'rep', id: 2, payload: { cancelled: false } });
    await client.close();
  });

  it.each([
    ['lists', '['.repeat(100_000) + ']'.repeat(100_000)],
    ['objects', '{"a":'.repeat(100_000) + '0' + '}'.repeat(100_000)],
    ['text', `"${'x'.repeat(2 ** 19)}"`],
  ])('answers 1100 to an id of deep or long %s', async (_, id) => {
    await start();
    const client = await RawClient.greet(app.url);
    client.send(`{"type":"req","method":"runtime.cancel","id":1,"payload":{"id":${id}}}`);
    expect(await client.nextMessage()).toMatchObject({ error: { code: 1100 } });
    await client.close();
  });
});

describe('a closed connection', () => {
  it('ends all that it has begun, under one id or none, but what is to go on', async () => {
    await start();
    const ended: string[] = [];
    app.sandbox.answer = async (execution: Execution, cancelled): Promise<Outcome> => {
      const outcome = await untilCancelled(execution, cancelled);
      ended.push(String(execution.script.code));
      return outcome;
    };
    const client = await RawClient.greet(app.url);
    const keepRunning = { options: { keepRunning: true } };
    client.send(request('execute', 1, { code: 'first' }));
    client.send(request('execute', 1, { code: 'second' }));
    client.send(request('execute', 1, { code: 'kept', ...keepRunning }));
    client.send(request('execute', undefined, { code: 'notification' }));
    await until(() => app.sandbox.executions.length === 4);
    client.socket.terminate();
    await until(() => ended.length === 3);
    expect(ended.toSorted()).toEqual(['first', 'notification', 'second']);
  });

  it('does not keep a client from cancelling what is to go on', async () => {
    await start();
    const client = await RawClient.greet(app.url);
    client.send(request('execute', 1, { code: '', options: { keepRunning: true } }));
    client.send(request('cancel', 2, { id: 1 }));
    const answers = [await client.nextMessage(), await client.nextMessage()];
    expect(answers).toContainEqual({ type: 'rep', id: 1, error: CANCELLED });
    await client.close();
  });
});
