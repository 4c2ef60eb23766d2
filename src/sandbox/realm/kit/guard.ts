import type { Host } from '../../boundary/realm-host.js';
import { RangeError, TypeError, apply, create } from './primordials.js';

/** The host, for the side of the script: its functions by their names. */
export type GuardedHost = <K extends keyof Host>(name: K) => Host[K];

/**
 * The same functions, for the side of the script, each made when it is first asked for: a script uses few of them. With the
 * stack nearly full a call of the host's throws an error of the host's realm, and so a way to its constructor: what it
 * throws is replaced unseen. An object of the script's is not let through, for Node looks at what it was not told to
 * expect, with its own `inspect`, and so calls a method of the object with that.
 */
export function guarded(host: Host): GuardedHost {
  const made = create(null) as { -readonly [K in keyof Host]?: Host[K] };
  return (name) => (made[name] ??= guardedCall(host[name]));
}

function guardedCall<C>(call: C): C {
  return ((...args: unknown[]): unknown => {
    for (let i = 0; i < args.length; i++) {
      if (!isPrimitive(args[i])) throw new TypeError('The host takes primitives only');
    }
    try {
      return apply(call as (...given: unknown[]) => unknown, undefined, args);
    } catch {
      throw new RangeError('Maximum call stack size exceeded');
    }
  }) as C;
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}
