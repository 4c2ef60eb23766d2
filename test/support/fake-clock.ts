import { setImmediate as turn } from 'node:timers/promises';
import type { Clock, Timer } from '../../src/sandbox/clock.js';

interface Pending extends Timer {
  at: number;
  readonly everyMs: number | undefined;
  readonly callback: () => void;
}

/** A clock that stands still until the test advances it. */
export class FakeClock implements Clock {
  #now = 1e9;
  readonly #pending = new Set<Pending>();

  readonly now = (): number => this.#now;
  readonly setTimeout = (callback: () => void, ms: number): Timer => this.#add(callback, ms, undefined);
  readonly setInterval = (callback: () => void, ms: number): Timer => this.#add(callback, ms, ms);
  readonly clear = (timer: Timer | undefined): void => void this.#pending.delete(timer as Pending);

  /** Lets so many milliseconds pass: runs each timer when it is due, and all that follows from it. */
  async advance(ms: number): Promise<void> {
    const end = this.#now + ms;
    await turn();
    for (let due = this.#next(end); due !== undefined; due = this.#next(end)) {
      this.#now = Math.max(this.#now, due.at);
      if (due.everyMs === undefined) this.#pending.delete(due);
      else due.at += Math.max(due.everyMs, 1);
      due.callback();
      await turn();
    }
    this.#now = end;
  }

  /** A promise that settles when so many milliseconds have passed. */
  sleep(ms: number): Promise<void> {
    return new Promise((resolve) => this.setTimeout(resolve, ms));
  }

  /** Lets time pass until a condition holds. */
  async until(condition: () => boolean, maxMs = 60_000): Promise<void> {
    for (let passed = 0; !condition(); passed++) {
      if (passed > maxMs) throw new Error(`not within ${maxMs} ms: ${String(condition)}`);
      await this.advance(1);
    }
  }

  /** Lets time pass until a promise settles. */
  async settled<T>(promise: T | Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = (): void => void (isSettled = true);
    void Promise.resolve(promise).then(settle, settle);
    await this.until(() => isSettled);
    return promise;
  }

  #add(callback: () => void, ms: number, everyMs: number | undefined): Timer {
    const timer: Pending = { at: this.#now + ms, everyMs, callback, unref: () => timer };
    this.#pending.add(timer);
    return timer;
  }

  #next(end: number): Pending | undefined {
    let next: Pending | undefined;
    for (const timer of this.#pending)
      if (timer.at <= end && (next === undefined || timer.at < next.at)) next = timer;
    return next;
  }
}
