import { Answer, isBuiltin } from './answer.js';
import { type Inspector, installConsole } from './console.js';
import type { Host, Realm } from './host.js';
import { Error, FinalizationRegistry, construct, defineGlobal, defineProperty, deleteProperty, freeze, named, ownKeys, parse } from './primordials.js';
import { installTimers } from './timers.js';

/** What a script cannot take over through `globals`. */
const KEPT = ['console', 'require'];

/** Furnishes a fresh context, before any of the script is in it, and gives the runner its handle. */
export default function boot(host: Host, createRequire: () => Requires): Realm {
  let ended = false;
  let requires: Requires | undefined;
  const loaded = (): Requires => (requires ??= createRequire());
  const answer = new Answer(host, (value) => loaded().inspector.inspect(value));
  installConsole(host, () => loaded().inspector);
  const fire = installTimers(host, answer.threw);
  guardFinalizers((callback, held) => {
    if (ended) return;
    try {
      callback(held);
    } catch (error) {
      answer.threw(error);
    }
  });
  // A plain function, since the seed's README calls `new require("github")()`.
  defineGlobal('require', function require(id: unknown) {
    return loaded().require(id);
  });
  deleteProperty(Atomics, 'waitAsync');

  return freeze({
    __proto__: null,
    setGlobals,
    invoke: answer.invoke as Realm['invoke'],
    threw: answer.threw,
    isBuiltin,
    importRefusal: () => new Error('import() is not available in a script; use require()'),
    fire(timer: number): void {
      if (!ended) fire(timer);
    },
    end(): void {
      ended = true;
    },
  }) as Realm;
}

/** Loaded on first use: most scripts need neither. */
export interface Requires {
  require(id: unknown): unknown;
  readonly inspector: Inspector;
}

function setGlobals(json: string): void {
  const globals = parse(json) as Record<string, unknown>;
  const names = ownKeys(globals) as string[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (name === KEPT[0] || name === KEPT[1]) continue;
    // A name that cannot be redefined (`undefined`, `NaN`) stays as it is.
    defineProperty(globalThis, name, {
      __proto__: null,
      value: globals[name],
      writable: true,
      configurable: true,
      enumerable: true,
    } as PropertyDescriptor);
  }
}

/**
 * Finalizers run whenever memory is collected, so those of one execution could run in the next one's time.
 * `Atomics.waitAsync`, which can do the same and is hardly used, is not there at all.
 */
function guardFinalizers(run: (callback: (held: unknown) => void, held: unknown) => void): void {
  const Registry = FinalizationRegistry;
  const Guarded = named('FinalizationRegistry', function (this: unknown, callback: unknown): object {
    const cleanup =
      typeof callback === 'function' ? (held: unknown) => run(callback as (held: unknown) => void, held) : callback;
    return construct(Registry, [cleanup], new.target ?? Registry) as object;
  });
  defineProperty(Guarded, 'prototype', { value: Registry.prototype, writable: false });
  defineProperty(Registry.prototype, 'constructor', { value: Guarded, writable: true, configurable: true });
  defineGlobal('FinalizationRegistry', Guarded);
}
