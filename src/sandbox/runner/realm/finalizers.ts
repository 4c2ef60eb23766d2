import {
  FinalizationRegistry,
  TypeError,
  construct,
  defineGlobal,
  defineProperty,
  deleteProperty,
  named,
} from './primordials.js';

export interface Finalizers {
  /** Whether the script has any. */
  readonly made: boolean;
  /** Makes one of the program's own, which runs nothing of the script. */
  readonly ours: (callback: (held: number) => void) => FinalizationRegistry<number>;
}

/**
 * Finalizers run whenever memory is collected, so those of one execution could run in the next one's time:
 * each goes through `run`. `Atomics.waitAsync`, which can do the same and is hardly used, is not there at all.
 */
export function guardFinalizers(run: (callback: (held: unknown) => void, held: unknown) => void): Finalizers {
  const Registry = FinalizationRegistry;
  const finalizers = {
    made: false,
    ours: (callback: (held: number) => void) => new Registry(callback),
  };
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
  defineGlobal('FinalizationRegistry', Guarded);
  deleteProperty(Atomics, 'waitAsync');
  return finalizers;
}
