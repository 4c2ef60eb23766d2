import { define, defineHidden, defineReadOnly } from '../kit/define.js';
import { needArguments } from './convert.js';

type Pair = readonly [key: unknown, value: unknown];
type Kind = 'keys' | 'values' | 'entries';

interface PairList {
  readonly prototype: object;
  readonly name: string;
}

/** Made on first use: few scripts iterate. */
function iteratorPrototype(name: string): object {
  const arrays: object = Object.getPrototypeOf([][Symbol.iterator]());
  const prototype = Object.create(Object.getPrototypeOf(arrays) as object) as object;
  define(prototype, 'next', function next(this: object) {
    const state = typeof this === 'object' && this !== null ? states.get(this) : undefined;
    if (state === undefined || state.name !== name)
      throw new TypeError(`'next' called on an object that does not implement interface ${name} Iterator.`);
    const pair = state.list()[state.at];
    if (pair === undefined) return { value: undefined, done: true };
    state.at += 1;
    const value = state.kind === 'entries' ? [pair[0], pair[1]] : pair[state.kind === 'keys' ? 0 : 1];
    return { value, done: false };
  });
  defineReadOnly(prototype, Symbol.toStringTag, `${name} Iterator`);
  return prototype;
}

interface State {
  readonly name: string;
  readonly kind: Kind;
  readonly list: () => readonly Pair[];
  at: number;
}
const states = new WeakMap<object, State>();

/**
 * Gives a class the standard's pair iterator, which is live: https://webidl.spec.whatwg.org/#idl-iterable.
 * @param pairsOf returns the current pairs of an object, and throws for one of another class
 */
export function iterable({ prototype, name }: PairList, pairsOf: (object: object) => readonly Pair[]): void {
  let made: object | undefined;
  function iterator(object: object, kind: Kind): object {
    pairsOf(object);
    made ??= iteratorPrototype(name);
    const created = Object.create(made) as object;
    states.set(created, { name, kind, list: () => pairsOf(object), at: 0 });
    return created;
  }
  const methods = {
    entries(this: object) {
      return iterator(this, 'entries');
    },
    keys(this: object) {
      return iterator(this, 'keys');
    },
    values(this: object) {
      return iterator(this, 'values');
    },
    forEach(this: object, callback: unknown, thisArg: unknown = globalThis): void {
      pairsOf(this);
      needArguments(arguments.length, 1, `${name}.forEach`);
      if (typeof callback !== 'function')
        throw new TypeError(
          `Failed to execute 'forEach' on '${name}': parameter 1 is not of type 'Function'.`,
        );
      for (let at = 0; ; at++) {
        const pair = pairsOf(this)[at];
        if (pair === undefined) return;
        Reflect.apply(callback, thisArg, [pair[1], pair[0], this]);
      }
    },
  };
  for (const key of ['keys', 'values', 'entries', 'forEach'] as const) define(prototype, key, methods[key]);
  defineHidden(prototype, Symbol.iterator, methods.entries);
}
