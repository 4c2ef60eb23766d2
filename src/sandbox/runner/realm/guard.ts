import type { Host } from './host.js';
import { RangeError, apply, create } from './primordials.js';

/**
 * The same functions, for the side of the script. With the stack nearly full a call of the host's throws an
 * error of the host's realm, and so a way to its constructor: what it throws is replaced unseen.
 */
export function guarded(host: Host): Host {
  const safe = create(null) as Record<string, unknown>;
  for (const name in host) {
    const call = host[name as keyof Host] as (...args: unknown[]) => unknown;
    safe[name] = (...args: unknown[]): unknown => {
      try {
        return apply(call, undefined, args);
      } catch {
        throw new RangeError('Maximum call stack size exceeded');
      }
    };
  }
  return safe as unknown as Host;
}
