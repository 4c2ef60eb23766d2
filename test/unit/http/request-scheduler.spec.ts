import { EventEmitter } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setImmediate as turn } from 'node:timers/promises';
import { MAX_PIPELINED, RequestScheduler } from '../../../src/http/request-scheduler.js';

/** The part of a socket that the scheduler uses. */
class FakeSocket {
  destroyed = false;
  constructor(readonly name: string) {}
  destroy(): void {
    this.destroyed = true;
  }
}

function harness() {
  const handled: string[] = [];
  const scheduler = new RequestScheduler((request) =>
    handled.push((request.socket as unknown as FakeSocket).name),
  );
  const send = (socket: FakeSocket, count: number): readonly EventEmitter[] =>
    Array.from({ length: count }, () => {
      const response = new EventEmitter();
      const request = { socket: socket as unknown as Socket } as IncomingMessage;
      scheduler.add(request, response as ServerResponse);
      return response;
    });
  return { handled, send };
}

const count = (handled: readonly string[], name: string): number =>
  handled.filter((one) => one === name).length;

describe('RequestScheduler', () => {
  it('handles a few requests on arrival, and those of other connections before the rest', async () => {
    const { handled, send } = harness();
    send(new FakeSocket('greedy'), 200);
    expect(handled).toHaveLength(8);
    send(new FakeSocket('modest'), 1);
    expect(handled.at(-1)).toBe('modest');
    while (handled.length < 201) await turn(); // oxlint-disable-line no-await-in-loop -- turns of the loop
    expect(count(handled, 'greedy')).toBe(200);
  });

  it('handles queued requests of all connections round-robin', async () => {
    const { handled, send } = harness();
    const names = Array.from({ length: 20 }, (_, index) => `connection ${index}`);
    for (const name of names) send(new FakeSocket(name), 20);
    expect(handled).toHaveLength(64);
    while (handled.length < 400) await turn(); // oxlint-disable-line no-await-in-loop -- turns of the loop
    const [first = '', last = ''] = [names[0], names.at(-1)];
    // In rounds: the last one has all but its last when the first one is done.
    const whenFirstIsDone = handled.slice(0, handled.lastIndexOf(first));
    expect(count(whenFirstIsDone, last)).toBeGreaterThan(5);
  });

  it('closes a connection with too many pipelined requests, and handles none of the queued ones', async () => {
    const { handled, send } = harness();
    const socket = new FakeSocket('flood');
    send(socket, MAX_PIPELINED + 1);
    expect(socket.destroyed).toBe(true);
    await turn();
    expect(handled).toHaveLength(8);
  });

  it('counts only requests without a complete response', async () => {
    const { handled, send } = harness();
    const socket = new FakeSocket('steady');
    for (let round = 0; round < 3; round += 1) {
      const responses = send(socket, MAX_PIPELINED);
      while (handled.length < MAX_PIPELINED * (round + 1)) await turn(); // oxlint-disable-line no-await-in-loop
      for (const response of responses) response.emit('close');
    }
    expect(socket.destroyed).toBe(false);
  });
});
