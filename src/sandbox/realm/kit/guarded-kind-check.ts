import type { IsKind } from '../../boundary/object-kinds.js';
import { RangeError } from './primordials.js';

/**
 * Wraps the host's check of the kind of an object: see `guard.ts`. It is the only function to which any object is passed. The host
 * gives it to V8, which reads no property of it.
 */
export function guardedKindCheck(isKind: IsKind): IsKind {
  return (kind, value) => {
    try {
      return isKind(kind, value);
    } catch {
      throw new RangeError('Maximum call stack size exceeded');
    }
  };
}
