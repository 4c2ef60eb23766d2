/**
 * The one way to put a property on an object that a script can reach. A script runs in the same realm, and may have
 * changed every builtin object by the time that this code runs. Against that:
 *
 * - A definition runs no setter. An assignment would call one that a script has put on a prototype, with the value.
 * - A descriptor has no prototype. An ordinary one inherits from `Object.prototype`, where a script could add a `get`, or
 *   a `writable` that nobody meant.
 * - `Reflect.defineProperty` is taken when this file is evaluated: in the bootstrap, before the script runs. A builtin is
 *   evaluated at its first `require`, so a script may have replaced the function by then. It sees nothing new: builtins
 *   define values of the script's own realm, and keep the host's functions in closures.
 *
 * One descriptor of each kind serves all calls: a new object for each is most of what the globals of a context cost.
 */
const { defineProperty } = Reflect;
const { getOwnPropertyNames, hasOwn } = Object;

type Getter = (this: never) => unknown;
type Setter = (this: never, value: unknown) => void;

const data = {
  __proto__: null,
  value: undefined as unknown,
  writable: true,
  enumerable: true,
  configurable: true,
};
const accessor = {
  __proto__: null,
  get: undefined as Getter | undefined,
  set: undefined as Setter | undefined,
  enumerable: true,
  configurable: true,
};
const enumerable = { __proto__: null, enumerable: true };

function put(
  target: object,
  key: PropertyKey,
  value: unknown,
  isWritable: boolean,
  isEnumerable: boolean,
  isConfigurable: boolean,
): void {
  data.value = value;
  data.writable = isWritable;
  data.enumerable = isEnumerable;
  data.configurable = isConfigurable;
  defineProperty(target, key, data as PropertyDescriptor);
  data.value = undefined;
}

/** Defines an ordinary property, as an assignment would: writable, enumerable, configurable. */
export function define(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, value, true, true, true);
}

/** Defines a property as a builtin's method is one: writable, configurable, not enumerable. */
export function defineHidden(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, value, true, false, true);
}

/** Defines a property as a function's `name` and `length` are one: configurable, not writable, not enumerable. */
export function defineReadOnly(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, value, false, false, true);
}

/** Defines a property that can be listed and redefined, and not assigned. */
export function defineFixed(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, value, false, true, true);
}

/** Defines a property that nobody can change. */
export function defineConstant(
  target: object,
  key: PropertyKey,
  value: unknown,
  isEnumerable: boolean,
): void {
  put(target, key, value, false, isEnumerable, false);
}

/** Defines a property that can be listed and assigned, and that stays. */
export function defineSealed(target: object, key: PropertyKey, value: unknown): void {
  put(target, key, value, true, true, false);
}

/**
 * Defines an accessor, not enumerable and configurable unless told otherwise.
 * @param functions read as own properties: what a script has put on `Object.prototype` does not count
 */
export function defineAccessor(
  target: object,
  key: PropertyKey,
  functions: { readonly get: Getter; readonly set?: Setter | undefined },
  isEnumerable = false,
  isConfigurable = true,
): void {
  accessor.get = functions.get;
  accessor.set = hasOwn(functions, 'set') ? functions.set : undefined;
  accessor.enumerable = isEnumerable;
  accessor.configurable = isConfigurable;
  defineProperty(target, key, accessor as unknown as PropertyDescriptor);
  accessor.get = undefined;
  accessor.set = undefined;
}

/** Makes members of a class enumerable, as the web's standards have them. */
export function makeEnumerable(prototype: object, keys: readonly PropertyKey[]): void {
  for (let i = 0; i < keys.length; i++)
    defineProperty(prototype, keys[i] as PropertyKey, enumerable as PropertyDescriptor);
}

/** Makes all members of a class enumerable, but for its constructor. */
export function makeMembersEnumerable({ prototype }: { readonly prototype: object }): void {
  makeEnumerable(
    prototype,
    getOwnPropertyNames(prototype).filter((key) => key !== 'constructor'),
  );
}

/** Gives classes the members of the web's: enumerable, and a `Symbol.toStringTag` that is the class's name. */
export function describeClasses(classes: Readonly<Record<string, { readonly prototype: object }>>): void {
  const names = getOwnPropertyNames(classes);
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const { prototype } = classes[name] as { readonly prototype: object };
    makeMembersEnumerable({ prototype });
    defineReadOnly(prototype, Symbol.toStringTag, name);
  }
}

/** Gives a function its name, and returns it. */
export function named<T extends object>(name: string, callee: T): T {
  defineReadOnly(callee, 'name', name);
  return callee;
}
