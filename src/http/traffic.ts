import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Visit } from './visit.js';

/** The visits whose answer is not with the client yet. */
export class Traffic {
  /** A connection may have several: clients may pipeline. Absent: it was never seen. */
  readonly #visits = new WeakMap<Socket, Set<Visit>>();
  readonly #deadline: () => number;
  #open = 0;
  #stopped: { readonly at: number } | undefined;
  #onEmpty: (() => void) | undefined;

  /** @param graceMs how long after `stop` the open visits may take */
  constructor(graceMs: number) {
    this.#deadline = () => (this.#stopped?.at ?? performance.now()) + graceMs;
  }

  get stopping(): boolean {
    return this.#stopped !== undefined;
  }

  /** From now on none is to be entered; the grace begins. */
  stop(): void {
    this.#stopped ??= { at: performance.now() };
  }

  enter(visit: Visit, response: ServerResponse, socket: Socket): void {
    if (socket.destroyed) return visit.leave();
    const visits = this.#visits.get(socket) ?? this.#watch(socket);
    visits.add(visit);
    this.#open += 1;
    // Never comes for an answer that waits behind another one when the connection ends.
    response.once('close', () => {
      if (!response.writableFinished) visit.leave();
      visit.releaseAnswer();
      if (visits.delete(visit)) this.#left(1);
    });
  }

  /** Resolves when no visit is open, and at the end of the grace at the latest. */
  async drained(): Promise<void> {
    if (this.#open === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const clock = new AbortController();
    const rest = Math.max(0, this.#deadline() - performance.now());
    await Promise.race([empty, delay(rest, undefined, { signal: clock.signal }).catch(() => undefined)]);
    clock.abort();
  }

  #watch(socket: Socket): Set<Visit> {
    const visits = new Set<Visit>();
    this.#visits.set(socket, visits);
    socket.once('close', () => {
      const { size } = visits;
      for (const visit of visits) visit.leave();
      visits.clear();
      this.#left(size);
    });
    return visits;
  }

  #left(count: number): void {
    this.#open -= count;
    if (this.#open === 0) this.#onEmpty?.();
  }
}
