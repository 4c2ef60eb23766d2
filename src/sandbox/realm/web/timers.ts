import type { GuardedHost } from '../kit/guard.js';
import type { Timers } from '../loader/environment.js';
import { IMMEDIATE } from '../../boundary/realm-host.js';
import { define, defineAccessor } from '../kit/define.js';
import { Number, Promise, TypeError, apply, create, defineGlobal } from '../kit/primordials.js';

type Callback = (...args: unknown[]) => unknown;

interface Pending {
  readonly callback: Callback;
  readonly args: unknown[];
  readonly delay: number;
  readonly repeats: boolean;
  readonly timer: object;
}

const LONGEST_DELAY = 2 ** 31 - 1;
const PROMISIFIED = Symbol.for('nodejs.util.promisify.custom');

const SETTLED = Promise.resolve();

export interface RealmTimers {
  readonly timers: Timers;
  /** Runs the callback of a timer that is due. */
  readonly fire: (id: number) => void;
  /** Drops all timers, as the host has done. */
  readonly forget: () => void;
}

/**
 * Creates Node's timer functions in this realm. The host knows a timer only by its number.
 * @param promised returns the promise variant of a timer function, for `util.promisify`
 */
export function createTimers(
  host: GuardedHost,
  threw: (thrown: unknown) => void,
  promised: (name: 'setTimeout' | 'setImmediate') => unknown,
): RealmTimers {
  let pending = create(null) as Record<number, Pending>;
  let last = 0;
  let forgotten = 0;

  class Timeout {
    readonly #id: number;
    // A script reaches the class through a timer's `constructor`, so the id is converted to a number.
    constructor(id: unknown) {
      this.#id = Number(id);
    }
    // An execution ends with its result, whatever is pending, so ref and unref change nothing.
    ref(): this {
      return this;
    }
    unref(): this {
      return this;
    }
    hasRef(): boolean {
      return true;
    }
    refresh(): this {
      const { delay, repeats } = pending[this.#id] ?? {};
      if (delay !== undefined) host('setTimer')(this.#id, delay, repeats === true);
      return this;
    }
    close(): this {
      clear(this.#id);
      return this;
    }
    [Symbol.toPrimitive](): number {
      return this.#id;
    }
    static idOf(timer: unknown): number | undefined {
      return typeof timer === 'object' && timer !== null && #id in timer ? timer.#id : undefined;
    }
  }

  class Immediate extends Timeout {}

  function start(callback: unknown, delay: number, repeats: boolean, args: unknown[]): Timeout {
    checkCallback(callback);
    const id = ++last;
    const timer = delay === IMMEDIATE ? new Immediate(id) : new Timeout(id);
    pending[id] = { callback, args, delay, repeats, timer };
    host('setTimer')(id, delay, repeats);
    return timer;
  }

  function clear(id: number): void {
    if (!(id in pending)) return;
    delete pending[id];
    host('clearTimer')(id);
  }

  /** Clears a timer, given as in Node: the object, its number, or the number as text. */
  function clearTimer(timer: unknown): void {
    const id = typeof timer === 'number' || typeof timer === 'string' ? +timer : Timeout.idOf(timer);
    if (id !== undefined) clear(id);
  }

  const timers = {
    setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]) {
      return start(callback, milliseconds(delay), false, args);
    },
    setInterval(callback: unknown, delay?: unknown, ...args: unknown[]) {
      return start(callback, milliseconds(delay), true, args);
    },
    setImmediate(callback: unknown, ...args: unknown[]) {
      return start(callback, IMMEDIATE, false, args);
    },
    clearTimeout(timer: unknown) {
      clearTimer(timer);
    },
    clearInterval(timer: unknown) {
      clearTimer(timer);
    },
    clearImmediate(timer: unknown) {
      clearTimer(timer);
    },
  };
  for (const name of ['setTimeout', 'setImmediate'] as const) {
    defineAccessor(timers[name], PROMISIFIED, { get: () => promised(name) }, false, false);
  }

  return {
    timers,
    forget() {
      if (last === forgotten) return;
      forgotten = last;
      pending = create(null) as Record<number, Pending>;
    },
    fire(id) {
      const due = pending[id];
      if (due === undefined) return;
      if (!due.repeats) delete pending[id];
      try {
        apply(due.callback, due.timer, due.args);
      } catch (error) {
        threw(error);
      }
    },
  };
}

/** Defines Node's `queueMicrotask`: an error that the callback throws is an uncaught error. */
export function installMicrotasks(threw: (thrown: unknown) => void): (callback: unknown) => void {
  async function run(callback: Callback): Promise<void> {
    await SETTLED;
    try {
      callback();
    } catch (error) {
      threw(error);
    }
  }
  function queueMicrotask(callback: unknown): void {
    checkCallback(callback);
    void run(callback);
  }
  defineGlobal('queueMicrotask', queueMicrotask);
  return queueMicrotask;
}

function checkCallback(callback: unknown): asserts callback is Callback {
  if (typeof callback === 'function') return;
  const error = new TypeError('The "callback" argument must be of type function.');
  define(error, 'code', 'ERR_INVALID_ARG_TYPE');
  throw error;
}

/** Converts a delay as Node does: a value outside of 1 to 2^31-1 becomes 1. */
function milliseconds(delay: unknown): number {
  const ms = Number(delay);
  return ms >= 1 && ms <= LONGEST_DELAY ? ms : 1;
}
