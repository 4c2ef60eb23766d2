import {
  FinalizationRegistry,
  TypeError,
  construct,
  defineLazyGlobal,
  defineProperty,
  deleteProperty,
  named,
} from './primordials.js';

type Run = (callback: (held: unknown) => void, held: unknown) => void;

export interface Finalizers {
  /** Whether the script has any. */
  made: boolean;
  /** Makes one of the program's own, which runs nothing of the script. */
  readonly ours: (callback: (held: number) => void) => FinalizationRegistry<number>;
}

/**
 * Finalizers run whenever memory is collected, so those of one execution could run in the next one's time:
 * each goes through `run`. `Atomics.waitAsync`, which can do the same and is hardly used, is not there at all.
 */
export function guardFinalizers(run: Run): Finalizers {
  const finalizers: Finalizers = {
    made: false,
    ours: (callback) => new FinalizationRegistry(callback),
  };
  // V8's own is reached through the global only, which few scripts read.
  defineLazyGlobal('FinalizationRegistry', () => guardedRegistry(run, finalizers));
  deleteProperty(Atomics, 'waitAsync');
  return finalizers;
}

function guardedRegistry(run: Run, finalizers: Finalizers): object {
  const Registry = FinalizationRegistry;
  const Guarded = named('FinalizationRegistry', function (this: unknown, callback: unknown): object {
    const cleanup =
      typeof callback === 'function'
        ? (held: unknown) => run(callback as (held: unknown) => void, held)
        : callback;
    if (new.target === undefined) throw new TypeError("Constructor FinalizationRegistry requires 'new'");
    finalizers.made = true;
    return construct(Registry, [cleanup], new.target) as object;
  });
  defineProperty(Guarded, 'prototype', { value: Registry.prototype, writable: false });
  defineProperty(Registry.prototype, 'constructor', { value: Guarded, writable: true, configurable: true });
  return Guarded;
}
