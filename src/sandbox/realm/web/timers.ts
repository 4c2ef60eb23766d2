import type { GuardedHost } from '../kit/guard.js';
import type { Timers } from '../loader/environment.js';
import { define, defineAccessor, defineHidden } from '../kit/define.js';
import {
  Map,
  Number,
  Promise,
  Symbol,
  TypeError,
  apply,
  defineGlobal,
  mapDelete,
  mapGet,
  mapSet,
} from '../kit/primordials.js';

type Callback = (...args: unknown[]) => unknown;

interface PendingTimer {
  readonly id: number;
  /** The call of a reused context that made it: a later one must not begin it anew. */
  readonly round: number;
  /** Undefined once the timer is cleared. */
  callback: Callback | undefined;
  readonly args: unknown[];
  readonly delay: number;
  readonly repeats: boolean;
  /** Set at once. */
  timer: object | undefined;
}

interface PendingImmediate {
  /** Undefined once it is cleared. */
  callback: Callback | undefined;
  readonly args: unknown[];
  timer: object | undefined;
  next: PendingImmediate | undefined;
}

const LONGEST_DELAY = 2 ** 31 - 1;
const none = (): undefined => undefined;
const PROMISIFIED = Symbol.for('nodejs.util.promisify.custom');

const SETTLED = Promise.resolve();

export interface RealmTimers {
  readonly timers: Timers;
  /** Runs the callback of a timer that is due. */
  readonly fire: (id: number) => void;
  /** Runs the callback of the oldest immediate. */
  readonly fireImmediate: () => void;
  /** Drops all timers, as the host has done. */
  readonly forget: () => void;
}

/**
 * Creates Node's timer functions in this realm. The host knows a timer only by its number. It knows of an immediate only that
 * there is one more, and calls {@link RealmTimers.fireImmediate} once for each.
 * @param promised returns the promise variant of a timer function, for `util.promisify`
 */
export function createTimers(
  host: GuardedHost,
  threw: (thrown: unknown) => void,
  promised: (name: 'setTimeout' | 'setImmediate') => unknown,
): RealmTimers {
  const setTimer = host('setTimer');
  const clearTimer = host('clearTimer');
  const requestTurn = host('requestTurn');
  let active = new Map<number, PendingTimer>();
  let last = 0;
  let round = 0;
  let oldest: PendingImmediate | undefined;
  let newest: PendingImmediate | undefined;
  /** What the next object of a class stands for. A script that calls a class, a timer's `constructor`, makes one for nothing. */
  let made: PendingTimer | PendingImmediate | undefined;
  let timerOf: (value: object) => PendingTimer | undefined = none;
  let immediateOf: (value: object) => PendingImmediate | undefined = none;

  // An execution ends with its result, whatever is pending: a timer keeps nothing alive.
  class Timeout {
    readonly #pending = made as PendingTimer | undefined;
    #isReferenced = true;
    static {
      timerOf = (value) => (#pending in value ? value.#pending : undefined);
    }

    ref(): this {
      // As in Node: on another object it does nothing.
      if (#isReferenced in this) this.#isReferenced = true;
      return this;
    }
    unref(): this {
      if (#isReferenced in this) this.#isReferenced = false;
      return this;
    }
    hasRef(): boolean {
      return this.#isReferenced;
    }
    /** Begins the delay anew, also of a timer that has fired, but not of one that was cleared. */
    refresh(): this {
      if (this.#pending?.callback !== undefined && this.#pending.round === round) begin(this.#pending);
      return this;
    }
    close(): this {
      clear(this.#pending);
      return this;
    }
    /** Whether it will not fire any more; as in Node, whose packages look at it. */
    get _destroyed(): boolean {
      return this.#pending === undefined || apply(mapGet, active, [this.#pending.id]) !== this.#pending;
    }
    [Symbol.toPrimitive](): number {
      return this.#pending?.id ?? 0;
    }
  }

  class Immediate {
    readonly #pending = made as PendingImmediate | undefined;
    #isReferenced = true;
    static {
      immediateOf = (value) => (#pending in value ? value.#pending : undefined);
    }

    ref(): this {
      // As in Node: on another object it does nothing.
      if (#isReferenced in this) this.#isReferenced = true;
      return this;
    }
    unref(): this {
      if (#isReferenced in this) this.#isReferenced = false;
      return this;
    }
    hasRef(): boolean {
      return this.#isReferenced;
    }
    get _destroyed(): boolean {
      return this.#pending?.callback === undefined;
    }
  }

  function start(callback: unknown, delay: number, repeats: boolean, args: unknown[]): Timeout {
    checkCallback(callback);
    const pending: PendingTimer = { id: ++last, round, callback, args, delay, repeats, timer: undefined };
    made = pending;
    const timer = new Timeout();
    made = undefined;
    pending.timer = timer;
    begin(pending);
    return timer;
  }

  function begin(pending: PendingTimer): void {
    apply(mapSet, active, [pending.id, pending]);
    setTimer(pending.id, pending.delay, pending.repeats);
  }

  function clear(pending: PendingTimer | undefined): void {
    if (pending?.callback === undefined) return;
    pending.callback = undefined;
    apply(mapDelete, active, [pending.id]);
    clearTimer(pending.id);
  }

  /** Clears a timer, given as in Node: the object, its number, or the number as text. */
  function clearTimeoutOf(timer: unknown): void {
    if (typeof timer === 'object' && timer !== null) clear(timerOf(timer));
    else if (typeof timer === 'number' || typeof timer === 'string') clear(apply(mapGet, active, [+timer]));
  }

  function startImmediate(callback: unknown, args: unknown[]): Immediate {
    checkCallback(callback);
    const pending: PendingImmediate = { callback, args, timer: undefined, next: undefined };
    made = pending;
    const immediate = new Immediate();
    made = undefined;
    pending.timer = immediate;
    if (newest === undefined) oldest = pending;
    else newest.next = pending;
    newest = pending;
    requestTurn();
    return immediate;
  }

  /** It stays in the list: the host has a turn for it. */
  function clearImmediateOf(immediate: unknown): void {
    if (typeof immediate !== 'object' || immediate === null) return;
    const pending = immediateOf(immediate);
    if (pending !== undefined) pending.callback = undefined;
  }

  function run(callback: Callback, timer: object | undefined, args: unknown[]): void {
    try {
      apply(callback, timer, args);
    } catch (error) {
      threw(error);
    }
  }

  const timers = {
    setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]) {
      return start(callback, milliseconds(delay), false, args);
    },
    setInterval(callback: unknown, delay?: unknown, ...args: unknown[]) {
      return start(callback, milliseconds(delay), true, args);
    },
    setImmediate(callback: unknown, ...args: unknown[]) {
      return startImmediate(callback, args);
    },
    clearTimeout(timer: unknown) {
      clearTimeoutOf(timer);
    },
    clearInterval(timer: unknown) {
      clearTimeoutOf(timer);
    },
    clearImmediate(immediate: unknown) {
      clearImmediateOf(immediate);
    },
  };
  for (const name of ['setTimeout', 'setImmediate'] as const) {
    defineAccessor(timers[name], PROMISIFIED, { get: () => promised(name) }, false, false);
  }
  const { dispose } = Symbol as unknown as { readonly dispose: symbol };
  defineHidden(Timeout.prototype, dispose, function (this: unknown) {
    clearTimeoutOf(this);
  });
  defineHidden(Immediate.prototype, dispose, function (this: unknown) {
    clearImmediateOf(this);
  });

  return {
    timers,
    forget() {
      // The host takes its turns back, too.
      oldest = newest = undefined;
      round += 1;
      active = new Map();
    },
    fire(id) {
      const due = apply(mapGet, active, [id]) as PendingTimer | undefined;
      if (due?.callback === undefined) return;
      if (!due.repeats) apply(mapDelete, active, [id]);
      run(due.callback, due.timer, due.args);
    },
    fireImmediate() {
      const due = oldest;
      if (due === undefined) return;
      oldest = due.next;
      if (oldest === undefined) newest = undefined;
      const { callback } = due;
      due.callback = undefined;
      if (callback !== undefined) run(callback, due.timer, due.args);
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

export function checkCallback(callback: unknown): asserts callback is Callback {
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
