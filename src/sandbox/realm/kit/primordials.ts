/**
 * The realm's own functions, taken before the script can replace them. Evaluated in each context, first.
 * Code that runs beside a script uses these, syntax, and null-prototype objects; never a method found on a prototype.
 */
export const {
  apply,
  construct,
  defineProperty,
  deleteProperty,
  get,
  getOwnPropertyDescriptor,
  ownKeys,
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

/** A script may give the name another value. */
export const globalObject = globalThis;

/** Every function that {@link defineGlobal} has put on the global object, by its name. */
export const installed = create(null) as Record<string, unknown>;

/** Used again for every global: a new object for each is most of what furnishing a context costs. */
const data = {
  __proto__: null,
  value: undefined as unknown,
  writable: true,
  configurable: true,
  enumerable: false,
};
const accessor = {
  __proto__: null,
  get: undefined as (() => unknown) | undefined,
  set: undefined as ((value: unknown) => void) | undefined,
  configurable: true,
  enumerable: false,
};

/** Defines an ordinary global, as a builtin is: writable, configurable, not enumerable. */
export function defineGlobal(name: string, value: unknown): void {
  installed[name] = value;
  data.value = value;
  defineProperty(globalObject, name, data as PropertyDescriptor);
}

/** Defines a global that is made on first use; to a script it is an ordinary one. */
export function defineLazyGlobal(name: string, make: (name: string) => unknown): void {
  accessor.get = (): unknown => {
    const value = make(name);
    defineGlobal(name, value);
    return value;
  };
  accessor.set = (value: unknown): void => {
    defineGlobal(name, value);
    delete installed[name];
  };
  defineProperty(globalObject, name, accessor as PropertyDescriptor);
}

/** Names a function as a builtin's name is, and gives it back. */
export function named<T extends object>(name: string, callee: T): T {
  defineProperty(callee, 'name', { __proto__: null, value: name, configurable: true } as PropertyDescriptor);
  return callee;
}
