import { defineAccessor, defineHidden } from './define.js';

/**
 * The realm's own functions, taken before the script can replace them: this file is evaluated in each context, first. Code
 * that runs beside a script uses these, syntax, and objects without a prototype. It never calls a method that it looks up on
 * a prototype, since a script may have put its own there.
 */
export const {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  get,
  getOwnPropertyDescriptor,
  isExtensible,
  ownKeys,
  preventExtensions,
  setPrototypeOf,
} = Reflect;
export const { parse, stringify } = JSON;
export const {
  Number,
  String,
  Error,
  TypeError,
  RangeError,
  Promise,
  FinalizationRegistry,
  Map,
  Object,
  Atomics,
  Symbol,
} = globalThis;
export const { create, freeze, hasOwn, is } = Object;
/** A function of V8 that the types of the standard library do not have. */
export const { captureStackTrace } = Error as unknown as {
  captureStackTrace(target: object, above: unknown): void;
};
export const { get: mapGet, set: mapSet, delete: mapDelete } = Map.prototype;
export const { indexOf, slice, split } = globalThis.String.prototype;
const { includes } = globalThis.String.prototype;
const { toString } = Function.prototype;

export function contains(text: string, part: string): boolean {
  return apply(includes, text, [part]);
}

export function sourceOf(callee: unknown): string {
  return apply(toString, callee, []);
}

/** Taken here, since a script may assign `globalThis`. */
export const globalObject = globalThis;

/** The globals that {@link defineGlobal} has defined, by their names. */
export const installed = create(null) as Record<string, unknown>;

/** Defines a global as a builtin is: writable, configurable, not enumerable. */
export function defineGlobal(name: string, value: unknown): void {
  installed[name] = value;
  defineHidden(globalObject, name, value);
}

/** Defines a global that is created on first use; to a script it is an ordinary one. */
export function defineLazyGlobal(name: string, make: (name: string) => unknown): void {
  defineAccessor(globalObject, name, {
    get() {
      const value = make(name);
      defineGlobal(name, value);
      return value;
    },
    set(value) {
      defineGlobal(name, value);
      delete installed[name];
    },
  });
}
