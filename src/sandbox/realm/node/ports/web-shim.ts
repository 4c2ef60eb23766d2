import { part } from '../../kit/parts.js';

/** Web classes in the port of streams, which would load all of them with itself: it uses them in few of its functions. */

/** `new` creates an AbortController. */
export const LazyAbortController = function AbortController(): object {
  return new (part('event-target').AbortController)();
};

export const LazyAbortSignal = {
  any: (signals: readonly unknown[]): object => part('event-target').AbortSignal.any(signals),
};

/** Only used with `instanceof`. */
export const LazyBlob = {
  [Symbol.hasInstance]: (value: object): boolean => value instanceof part('blob').Blob,
};
