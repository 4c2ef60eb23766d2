import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { Traffic } from '../../../src/http/traffic.js';
import { MemoryBudget } from '../../../src/memory-budget/index.js';
import { Visit } from '../../../src/http/visit.js';

const visitor = (): Visit => new Visit({ tenant: 'default' }, undefined, new MemoryBudget(1024));

/** As much of a response as ends. */
function response(): ServerResponse & { finish(): void } {
  const events = Object.assign(new EventEmitter(), { writableFinished: false });
  return Object.assign(events as unknown as ServerResponse, {
    finish() {
      events.writableFinished = true;
      events.emit('close');
    },
  });
}

describe('Traffic', () => {
  it('is drained at once when nobody is there', async () => {
    const traffic = new Traffic(60_000);
    traffic.stop();
    await traffic.drained();
    expect(traffic.stopping).toBe(true);
  });

  it('is drained when the last answer is with its client, who has not left then', async () => {
    const traffic = new Traffic(60_000);
    const answers = [response(), response()];
    const visit = visitor();
    for (const answer of answers) traffic.enter(visit, answer, new Socket());
    traffic.stop();
    const drained = traffic.drained();
    for (const answer of answers) answer.finish();
    await drained;
    expect(visit.closed.aborted).toBe(false);
  });

  it('is drained at the end of the grace at the latest, which begins with the stop', async () => {
    const traffic = new Traffic(30);
    traffic.enter(visitor(), response(), new Socket());
    traffic.stop();
    await traffic.drained();
    await traffic.drained();
    expect(traffic.stopping).toBe(true);
  });

  it('sees each visit of a connection leave when the connection ends, those that wait behind others too', async () => {
    const traffic = new Traffic(60_000);
    const socket = new Socket();
    const visits = [visitor(), visitor(), visitor()];
    for (const visit of visits) traffic.enter(visit, response(), socket);
    const drained = traffic.drained();
    socket.destroy();
    await drained;
    expect(visits.map(({ closed }) => closed.aborted)).toEqual([true, true, true]);
  });

  it('does not count who has gone already', async () => {
    const traffic = new Traffic(60_000);
    const socket = new Socket().destroy();
    const visit = visitor();
    traffic.enter(visit, response(), socket);
    expect(visit.closed.aborted).toBe(true);
    await traffic.drained();
  });
});
