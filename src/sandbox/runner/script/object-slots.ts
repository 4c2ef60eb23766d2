import { types } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { createContext, Script } from 'node:vm';
import { type Reveal, SLOTS } from '../../boundary/object-slots.js';

const { getPrototypeOf } = Reflect;
const { hasOwn } = Object;

type Native = (object: object) => unknown;
type Peek = (promise: object, take: (part: unknown) => void) => void;

/** V8's own functions, of which each version has some: they read a slot and run no code of the script. */
const FUNCTIONS = {
  status: '%PromiseStatus',
  target: '%JSProxyGetTarget',
  handler: '%JSProxyGetHandler',
} as const;
const STATES = [SLOTS.pending, SLOTS.fulfilled, SLOTS.rejected];

let natives: { readonly [K in keyof typeof FUNCTIONS]?: Native } | undefined;
let peek: Peek | undefined;

export const reveal: Reveal = (value, take) => {
  natives ??= compiledNatives();
  if (types.isProxy(value)) {
    if (natives.target === undefined || natives.handler === undefined) return SLOTS.none;
    take(natives.target(value));
    take(natives.handler(value));
    return SLOTS.proxy;
  }
  if (!types.isPromise(value)) return SLOTS.none;
  // `then` would ask the promise for its constructor, and so run code of the script with functions of another realm.
  if (getPrototypeOf(value) !== null || hasOwn(value, 'constructor')) return SLOTS.pending;
  const state = STATES[Number(natives.status?.(value) ?? 0)] ?? SLOTS.pending;
  if (state !== SLOTS.pending) (peek ??= newPeek())(value, take);
  return state;
};

/** The syntax of V8's own functions is on while they are compiled, and never while a script is. */
function compiledNatives(): NonNullable<typeof natives> {
  setFlagsFromString('--allow-natives-syntax');
  try {
    return Object.fromEntries(
      Object.entries(FUNCTIONS).map(([name, callee]) => [name, compiledNative(callee)]),
    );
  } finally {
    setFlagsFromString('--no-allow-natives-syntax');
  }
}

function compiledNative(callee: string): Native | undefined {
  try {
    // Called at once, so that it is compiled while the syntax is on.
    const native = new Script(`"use strict"; ((object) => ${callee}(object))`).runInThisContext() as Native;
    native(callee === FUNCTIONS.status ? Promise.resolve() : new Proxy({}, {}));
    return native;
  } catch {
    return undefined;
  }
}

/**
 * Reads the result of a settled promise at once: the job that gets it belongs to a context with a queue of its own, which is
 * empty when the call returns. The promise has lost its prototype meanwhile (`realm/node/ports/inspect-binding.ts`), so
 * that `then` asks it for nothing. One that is rejected counts as handled from then on.
 */
function newPeek(): Peek {
  const context = createContext(Object.create(null) as object, { microtaskMode: 'afterEvaluate' });
  const run = (text: string): unknown => new Script(text).runInContext(context);
  const start = run(
    `"use strict"; let promise, take; const { then } = Promise.prototype; const { apply } = Reflect;
     const got = (result) => { take(result); };
     ((of, to) => { promise = of; take = to; })`,
  ) as (promise: object | undefined, take: ((part: unknown) => void) | undefined) => void;
  const look = new Script('apply(then, promise, [got, got])');
  return (promise, take) => {
    start(promise, take);
    try {
      look.runInContext(context);
    } finally {
      start(undefined, undefined);
    }
  };
}
