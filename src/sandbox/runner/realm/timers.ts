import type { Host } from './host.js';
import { TypeError, apply, create, defineGlobal } from './primordials.js';

interface Timer {
  readonly callback: (...args: unknown[]) => unknown;
  readonly args: unknown[];
  readonly delay: number;
  readonly repeats: boolean;
  readonly handle: object;
}

const IMMEDIATE = -1;
const LONGEST_DELAY = 2 ** 31 - 1;

/** `setTimeout` and its kin as in Node, of this realm: the host knows a timer by its number only. */
export function installTimers(host: Host, threw: (thrown: unknown) => void): (id: number) => void {
  const pending = create(null) as Record<number, Timer>;
  let last = 0;

  class Timeout {
    readonly #id: number;
    constructor(id: number) {
      this.#id = id;
    }
    // A runner ends at the final answer, never because nothing is pending: ref and unref change nothing.
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
      const timer = pending[this.#id];
      if (timer) host.setTimer(this.#id, timer.delay, timer.repeats);
      return this;
    }
    close(): this {
      clear(this.#id);
      return this;
    }
    [Symbol.toPrimitive](): number {
      return this.#id;
    }
    static idOf(handle: unknown): number | undefined {
      return typeof handle === 'object' && handle !== null && #id in handle ? handle.#id : undefined;
    }
  }

  class Immediate extends Timeout {}

  function start(callback: unknown, delay: number, repeats: boolean, args: unknown[]): object {
    if (typeof callback !== 'function') {
      const error = new TypeError('The "callback" argument must be of type function.') as TypeError & { code?: string };
      error.code = 'ERR_INVALID_ARG_TYPE';
      throw error;
    }
    const id = ++last;
    const handle = delay === IMMEDIATE ? new Immediate(id) : new Timeout(id);
    pending[id] = { callback: callback as Timer['callback'], args, delay, repeats, handle };
    host.setTimer(id, delay, repeats);
    return handle;
  }

  function clear(id: number): void {
    if (!(id in pending)) return;
    delete pending[id];
    host.clearTimer(id);
  }

  function clearHandle(handle: unknown): void {
    const id = typeof handle === 'number' || typeof handle === 'string' ? +handle : Timeout.idOf(handle);
    if (id !== undefined) clear(id);
  }

  defineGlobal('setTimeout', function setTimeout(callback: unknown, delay?: unknown, ...args: unknown[]) {
    return start(callback, milliseconds(delay), false, args);
  });
  defineGlobal('setInterval', function setInterval(callback: unknown, delay?: unknown, ...args: unknown[]) {
    return start(callback, milliseconds(delay), true, args);
  });
  defineGlobal('setImmediate', function setImmediate(callback: unknown, ...args: unknown[]) {
    return start(callback, IMMEDIATE, false, args);
  });
  defineGlobal('clearTimeout', function clearTimeout(handle: unknown) {
    clearHandle(handle);
  });
  defineGlobal('clearInterval', function clearInterval(handle: unknown) {
    clearHandle(handle);
  });
  defineGlobal('clearImmediate', function clearImmediate(handle: unknown) {
    clearHandle(handle);
  });
  defineGlobal('queueMicrotask', function queueMicrotask(callback: unknown) {
    if (typeof callback !== 'function') {
      throw new TypeError('The "callback" argument must be of type function.');
    }
    void (async () => {
      await undefined;
      try {
        callback();
      } catch (error) {
        threw(error);
      }
    })();
  });

  return function fire(id) {
    const timer = pending[id];
    if (timer === undefined) return;
    if (!timer.repeats) delete pending[id];
    try {
      apply(timer.callback, timer.handle, timer.args);
    } catch (error) {
      threw(error);
    }
  };
}

/** Node's reading of a delay: what is not within 1 and 2^31-1 is 1. */
function milliseconds(delay: unknown): number {
  const ms = +(delay as number);
  return ms >= 1 && ms <= LONGEST_DELAY ? ms : 1;
}
