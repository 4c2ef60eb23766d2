import type { Host } from './host.js';
import { RangeError, TypeError, apply, create } from './primordials.js';

/**
 * The same functions, for the side of the script. With the stack nearly full a call of the host's throws an
 * error of the host's realm, and so a way to its constructor: what it throws is replaced unseen. An object of
 * the script's is not let through, for Node looks at what it was not told to expect, with its own `inspect`,
 * and so calls a method of the object with that.
 */
export function guarded(host: Host): Host {
  const safe = create(null) as Record<string, unknown>;
  for (const name in host) {
    const call = host[name as keyof Host] as (...args: unknown[]) => unknown;
    safe[name] = (...args: unknown[]): unknown => {
      for (let i = 0; i < args.length; i++) {
        if (!isPrimitive(args[i])) throw new TypeError('The host takes primitives only');
      }
      try {
        return apply(call, undefined, args);
      } catch {
        throw new RangeError('Maximum call stack size exceeded');
      }
    };
  }
  return safe as unknown as Host;
}

function isPrimitive(value: unknown): boolean {
  return value === null || (typeof value !== 'object' && typeof value !== 'function');
}
