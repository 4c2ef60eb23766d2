import {
  FinalizationRegistry,
  TypeError,
  construct,
  defineLazyGlobal,
  deleteProperty,
} from './primordials.js';
import { defineConstant, defineHidden, named } from './define.js';

type RunCallback = (callback: (held: unknown) => void, held: unknown) => void;

export interface Finalizers {
  /** Whether the script has created a registry. */
  made: boolean;
  /** Creates a registry of the realm's own, which runs no code of the script. */
  readonly ours: (callback: (held: number) => void) => FinalizationRegistry<number>;
}

/**
 * Guards the finalizers of a script. They run whenever V8 collects garbage, so a finalizer of one execution could run during
 * the next one: each goes through `run`. `Atomics.waitAsync` could do the same and is hardly used, so it is removed.
 */
export function guardFinalizers(run: RunCallback): Finalizers {
  const finalizers: Finalizers = {
    made: false,
    ours: (callback) => new FinalizationRegistry(callback),
  };
  // Only the global leads to V8's own class, and few scripts read it.
  defineLazyGlobal('FinalizationRegistry', () => guardedRegistry(run, finalizers));
  deleteProperty(Atomics, 'waitAsync');
  return finalizers;
}

function guardedRegistry(run: RunCallback, finalizers: Finalizers): object {
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
  defineConstant(Guarded, 'prototype', Registry.prototype, false);
  defineHidden(Registry.prototype, 'constructor', Guarded);
  return Guarded;
}
