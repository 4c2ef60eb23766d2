/**
 * The realm's own functions, taken before the script can replace them. Evaluated in each context, first.
 * Code that runs beside a script uses these, syntax, and null-prototype objects; never a method found on a prototype.
 */
export const { apply, construct, defineProperty, deleteProperty, get, ownKeys } = Reflect;
export const { parse, stringify } = JSON;
export const {
  Number,
  String,
  Error,
  TypeError,
  RangeError,
  Promise,
  FinalizationRegistry,
  Object,
  Atomics,
  Symbol,
} = globalThis;
export const { create, freeze, hasOwn } = Object;
/** V8's own, not in the standard library's types. */
export const { captureStackTrace } = Error as unknown as {
  captureStackTrace(target: object, above: unknown): void;
};
export const { slice, split } = globalThis.String.prototype;
const { includes } = globalThis.String.prototype;
const { toString } = Function.prototype;

export function contains(text: string, part: string): boolean {
  return apply(includes, text, [part]);
}

export function sourceOf(callee: unknown): string {
  return apply(toString, callee, []);
}

/** Every function that {@link defineGlobal} has put on the global object, by its name. */
export const installed = create(null) as Record<string, unknown>;

/** Defines an ordinary global, as a builtin is: writable, configurable, not enumerable. */
export function defineGlobal(name: string, value: unknown): void {
  installed[name] = value;
  defineProperty(globalThis, name, {
    __proto__: null,
    value,
    writable: true,
    configurable: true,
    enumerable: false,
  } as PropertyDescriptor);
}

/** Defines a global that is made on first use; to a script it is an ordinary one. */
export function defineLazyGlobal(name: string, make: () => unknown): void {
  defineProperty(globalThis, name, {
    __proto__: null,
    get(): unknown {
      const value = make();
      defineGlobal(name, value);
      return value;
    },
    set(value: unknown): void {
      defineGlobal(name, value);
      delete installed[name];
    },
    configurable: true,
    enumerable: false,
  } as PropertyDescriptor);
}

/** Names a function as a builtin's name is, and gives it back. */
export function named<T extends object>(name: string, callee: T): T {
  defineProperty(callee, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
  return callee;
}
