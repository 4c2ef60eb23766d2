import type { GuardedHost } from '../kit/guard.js';
import { apply } from '../kit/primordials.js';
import { checkCallback } from './timers.js';

type Callback = (...args: unknown[]) => unknown;

interface Tick {
  readonly callback: Callback;
  readonly args: unknown[];
  next: Tick | undefined;
}

/** Node's `process.nextTick`. */
export interface Ticks {
  readonly nextTick: (callback: unknown, ...args: unknown[]) => void;
  /** Runs what waits, and what is added meanwhile. */
  readonly run: () => void;
}

/**
 * The host runs the ticks of a realm as one of its own: when the code that runs now has returned, before the jobs of
 * promises. One that such a job adds comes after all of them.
 */
export function createTicks(host: GuardedHost, threw: (thrown: unknown) => void): Ticks {
  const requestTicks = host('requestTicks');
  let oldest: Tick | undefined;
  let newest: Tick | undefined;
  let isRequested = false;
  return {
    nextTick(callback, ...args) {
      checkCallback(callback);
      const tick: Tick = { callback, args, next: undefined };
      if (newest === undefined) oldest = tick;
      else newest.next = tick;
      newest = tick;
      if (isRequested) return;
      isRequested = true;
      requestTicks();
    },
    run() {
      while (oldest !== undefined) {
        const { callback, args } = oldest;
        oldest = oldest.next;
        if (oldest === undefined) newest = undefined;
        try {
          apply(callback, undefined, args);
        } catch (error) {
          threw(error);
        }
      }
      isRequested = false;
    },
  };
}
