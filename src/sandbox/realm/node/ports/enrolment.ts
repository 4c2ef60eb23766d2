import type { HostFacts } from '../../../boundary/loader-protocol.js';
import type { Timer } from '../../loader/environment.js';
import { invalidArgument, outOfRange } from '../../../boundary/coded-errors.js';

/**
 * The old functions of `timers`, which make a timer of any object: its `_idleTimeout` is the delay, its `_onTimeout` the
 * callback.
 * https://nodejs.org/docs/latest-v20.x/api/deprecations.html#DEP0095
 */

interface Item {
  _idleTimeout?: number | undefined;
  _idleStart?: number;
  _idleNext?: unknown;
  _idlePrev?: unknown;
  _onTimeout?: (() => unknown) | null;
}

const LONGEST_DELAY = 2 ** 31 - 1;
const { setTimeout, clearTimeout } = environment.timers;
const pending = new WeakMap<object, Timer>();

/** Node 24 has them no more. */
export function hasEnrolment(): boolean {
  const { version } = JSON.parse(environment.ask('facts')) as HostFacts;
  return Number.parseInt(version.slice(1), 10) < 24;
}

function stop(item: Item): void {
  const timer = pending.get(item);
  if (timer === undefined) return;
  clearTimeout(timer);
  pending.delete(item);
  item['_idleNext'] = item['_idlePrev'] = null;
}

function active(item: Item): void {
  const { _idleTimeout: delay } = item;
  if (delay === undefined || delay < 0) return;
  stop(item);
  const timer = setTimeout(() => {
    pending.delete(item);
    item['_onTimeout']?.();
  }, delay);
  pending.set(item, timer);
  item['_idleStart'] = Math.trunc(environment.now());
  item['_idleNext'] = item['_idlePrev'] = timer;
}

export const enrolment = {
  enroll(item: Item, delay: unknown): void {
    if (typeof delay !== 'number') throw invalidArgument('msecs', 'of type number', delay);
    if (!(delay >= 0 && delay < Infinity)) throw outOfRange('msecs', 'a non-negative finite number', delay);
    stop(item);
    item['_idleTimeout'] = Math.min(Math.trunc(delay), LONGEST_DELAY);
  },
  unenroll(item: Item): void {
    stop(item);
    // Where the item is a timer itself.
    clearTimeout(item);
    item['_idleTimeout'] = -1;
  },
  active,
  _unrefActive: active,
};
