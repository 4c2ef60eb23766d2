import type { IsKind } from '../../boundary/object-kinds.js';
import type { Reveal } from '../../boundary/object-slots.js';
import { RangeError } from './primordials.js';

/**
 * Wraps the host's check of the kind of an object: see `guard.ts`. To this function and the next one any object may be passed.
 * The host gives it to V8, which reads no property of it.
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

/** Wraps the host's look into an object. What it takes of it belongs to this realm. */
export function guardedReveal(reveal: Reveal): Reveal {
  return (value, take) => {
    try {
      return reveal(value, take);
    } catch {
      throw new RangeError('Maximum call stack size exceeded');
    }
  };
}
