import { EventEmitter } from 'node:events';
import type { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { InFlightRequests, RequestContext } from '../../../src/http/in-flight.js';
import { MemoryBudget } from '../../../src/memory-budget/index.js';

function contextWith(memoryBytes: number): { context: RequestContext; memory: MemoryBudget } {
  const memory = new MemoryBudget(memoryBytes);
  return { memory, context: new RequestContext({ tenant: 'a' }, undefined, memory) };
}

describe('RequestContext', () => {
  it.each([
    ['the client disconnected', (context: RequestContext) => context.disconnected()],
    ['the response was sent', (context: RequestContext) => context.settle(413, 1)],
  ])('reserves no memory for the rest of the body after %s', (_, end) => {
    const { context, memory } = contextWith(1000);
    context.reserveBody(100);
    end(context);
    expect(context.reserveBody(100)).toBe(true);
    expect(memory.used).toBe(0);
  });

  it('reserves memory for the buffered response until it is released', () => {
    const { context, memory } = contextWith(1000);
    context.reserveBody(100);
    context.settle(undefined, 300);
    expect(context.reserveResponse(300)).toBe(true);
    expect(memory.used).toBe(300);
    expect(context.reserveResponse(900)).toBe(false);
    expect(context.reserveResponse(200)).toBe(true);
    expect(memory.used).toBe(200);
    context.release();
    expect(memory.used).toBe(0);
  });

  it('reserves no memory for the response after the client disconnected', () => {
    const { context, memory } = contextWith(1000);
    context.reserveResponse(300);
    context.disconnected();
    expect(memory.used).toBe(0);
    expect(context.reserveResponse(300)).toBe(true);
    expect(memory.used).toBe(0);
  });
});

/** The part of a response that is observed. */
function response(): ServerResponse & { finish(): void } {
  const events = Object.assign(new EventEmitter(), { writableFinished: false });
  return Object.assign(events as unknown as ServerResponse, {
    finish() {
      events.writableFinished = true;
      events.emit('close');
    },
  });
}

describe('InFlightRequests', () => {
  it('is drained at once without requests', async () => {
    const inFlight = new InFlightRequests(60_000);
    inFlight.stop();
    await inFlight.drained();
    expect(inFlight.stopping).toBe(true);
  });

  it('is drained when the last response is complete, and reports no disconnect then', async () => {
    const inFlight = new InFlightRequests(60_000);
    const responses = [response(), response()];
    const { context } = contextWith(1024);
    for (const each of responses) inFlight.add(context, each, new Socket());
    inFlight.stop();
    const drained = inFlight.drained();
    for (const each of responses) each.finish();
    await drained;
    expect(context.disconnectSignal.aborted).toBe(false);
  });

  it('is drained at the end of the grace period, which starts at stop()', async () => {
    const inFlight = new InFlightRequests(30);
    inFlight.add(contextWith(1024).context, response(), new Socket());
    inFlight.stop();
    await inFlight.drained();
    await inFlight.drained();
    expect(inFlight.stopping).toBe(true);
  });

  it('reports a disconnect to all pipelined requests when their connection closes', async () => {
    const inFlight = new InFlightRequests(60_000);
    const socket = new Socket();
    const contexts = [1, 2, 3].map(() => contextWith(1024).context);
    for (const context of contexts) inFlight.add(context, response(), socket);
    const drained = inFlight.drained();
    socket.destroy();
    await drained;
    expect(contexts.map(({ disconnectSignal }) => disconnectSignal.aborted)).toEqual([true, true, true]);
  });

  it('does not count a request whose connection is already closed', async () => {
    const inFlight = new InFlightRequests(60_000);
    const socket = new Socket().destroy();
    const { context } = contextWith(1024);
    inFlight.add(context, response(), socket);
    expect(context.disconnectSignal.aborted).toBe(true);
    await inFlight.drained();
  });
});
