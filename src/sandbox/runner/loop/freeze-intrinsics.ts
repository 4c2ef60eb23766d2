import { runInNewContext } from 'node:vm';

/**
 * Freezes what the language consists of in this realm, so that a script that gets hold of one of this realm's objects cannot
 * change what the runner's own code calls. Node's `--frozen-intrinsics` freezes the same objects
 * (`test/integration/sandbox/frozen-intrinsics.spec.ts` compares them), but replaces each property of a prototype by an accessor
 * first. V8 takes that for a new `constructor`, `then` or `Symbol.iterator`, and gives up its fast paths for arrays, promises
 * and regular expressions in all contexts of the process. Here data properties remain data properties, except those of
 * {@link OVERRIDABLE}.
 */
export function freezeIntrinsics(): void {
  const intrinsics = reachableFrom([...languageGlobals(), ...hiddenIntrinsics(), ...NODE_FUNCTIONS]);
  for (const prototype of OVERRIDABLE) {
    for (const key of Reflect.ownKeys(prototype)) {
      const accessor = allowOverride(prototype, key);
      if (accessor !== undefined) for (const made of reachableFrom(accessor)) intrinsics.add(made);
    }
  }
  for (const intrinsic of intrinsics) Object.freeze(intrinsic);
  Object.defineProperty(globalThis, 'globalThis', { writable: false, configurable: false });
}

/** The globals of Node that `--frozen-intrinsics` freezes besides those of the language. */
const NODE_FUNCTIONS = [
  setImmediate,
  setInterval,
  setTimeout,
  clearImmediate,
  clearInterval,
  clearTimeout,
] as const;

/**
 * An assignment to a property that is inherited from a frozen object fails. Code of Node, and of the packages that the runner
 * loads, assigns to properties of errors, functions and plain objects (`error.name = …`), also after the freeze. V8 has no
 * fast path that depends on these prototypes.
 */
const OVERRIDABLE: readonly object[] = [
  Object.prototype,
  Function.prototype,
  ...[Error, AggregateError, EvalError, RangeError, ReferenceError, SyntaxError, TypeError, URIError].map(
    ({ prototype }) => prototype as object,
  ),
];

/** Every global that V8 gives a context: the list follows the version of V8. */
function languageGlobals(): readonly unknown[] {
  const names = runInNewContext('Object.getOwnPropertyNames(globalThis).join()') as string;
  return names
    .split(',')
    .map((name) => Reflect.get(globalThis, name) as unknown)
    .filter((value) => value !== globalThis);
}

/** Prototypes that no global leads to, except {@link iteratorHelpers}. */
function hiddenIntrinsics(): readonly unknown[] {
  return [
    async () => undefined,
    function* () {},
    async function* () {},
    [][Symbol.iterator](),
    new Map()[Symbol.iterator](),
    new Set()[Symbol.iterator](),
    ''[Symbol.iterator](),
    ''.matchAll(/./g),
    ...iteratorHelpers(),
  ].map((made) => Object.getPrototypeOf(made) as unknown);
}

/** The two hidden kinds of iterators that `Iterator` creates; Node 20 does not have it. */
function iteratorHelpers(): readonly unknown[] {
  const { Iterator } = globalThis as {
    Iterator?: { from(given: object): { map?(mapper: () => void): unknown } };
  };
  if (Iterator === undefined) return [];
  const wrapped = Iterator.from({ next: () => undefined });
  return [wrapped, wrapped.map?.(() => undefined)];
}

/** These objects, and all that their properties, accessors and prototypes lead to. */
function reachableFrom(roots: readonly unknown[]): Set<object> {
  const found = new Set<object>();
  const add = (value: unknown): void => {
    const isObject = (typeof value === 'object' && value !== null) || typeof value === 'function';
    if (isObject) found.add(value);
  };
  for (const root of roots) add(root);
  // Visits what is added meanwhile, too.
  for (const object of found) {
    add(Object.getPrototypeOf(object));
    for (const key of Reflect.ownKeys(object)) {
      // The value, or the getter and the setter.
      for (const part of Object.values(Object.getOwnPropertyDescriptor(object, key) ?? {})) add(part);
    }
  }
  return found;
}

/**
 * Replaces a data property by accessors with which it reads as before, and an assignment to an object that inherits it
 * defines a property there.
 * @returns the accessors, if there is anything to replace
 */
function allowOverride(
  prototype: object,
  key: PropertyKey,
): readonly [() => unknown, (given: unknown) => void] | undefined {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, key);
  if (descriptor?.configurable !== true || !('value' in descriptor)) return undefined;
  const { value, enumerable } = descriptor as { value: unknown; enumerable: boolean };
  const get = (): unknown => value;
  function set(this: unknown, given: unknown): void {
    if (this === prototype) throw new TypeError(`Cannot assign to read only property '${String(key)}'`);
    Object.defineProperty(this, key, { value: given, writable: true, enumerable: true, configurable: true });
  }
  Object.defineProperty(prototype, key, { get, set, enumerable, configurable: true });
  return [get, set];
}
