import type { CallWithBytes } from '../../boundary/byte-operations.js';
import type { Host } from '../../boundary/realm-host.js';
import { RangeError, TypeError, apply, create } from './primordials.js';

/** The functions of the host, by their names, as the realm may call them. */
export type GuardedHost = <K extends keyof Host>(name: K) => Host[K];

/**
 * Wraps the functions of the host for the realm. It withstands two attacks:
 *
 * - With the stack nearly full, a call of the host throws an error of the host's realm, whose constructor leads to that
 *   realm's `Function`. The wrapper throws an error of this realm instead, and never looks at the other one.
 * - Node passes a value that it does not expect to its own `inspect`, which calls a method of an object with functions of
 *   the host's realm. So only primitives get through. `lend` takes typed arrays, too: the host recognizes them by their
 *   internal slots, and looks at no other value (`runner/native/borrow.ts`).
 *
 * A wrapper is created when it is first used: a script uses few of them.
 */
export function guarded(host: Host): GuardedHost {
  const made = create(null) as { -readonly [K in keyof Host]?: Host[K] };
  return (name) =>
    (made[name] ??= name === 'lend' ? (guardedLend(host.lend) as never) : guardedCall(host[name]));
}

function guardedLend(call: CallWithBytes): CallWithBytes {
  return (operation, a, b, c, d) => {
    try {
      return call(operation, a, b, c, d);
    } catch {
      throw new RangeError('Maximum call stack size exceeded');
    }
  };
}

function guardedCall<C>(call: C): C {
  return ((...args: unknown[]): unknown => {
    for (let i = 0; i < args.length; i++) {
      if (!isPrimitive(args[i])) throw new TypeError('only primitive values can be passed to the host');
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
