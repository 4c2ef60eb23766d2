type Target = Record<string, unknown>;

/** Defines an ordinary property. */
export function put(target: object, key: string, value: unknown): void {
  Object.defineProperty(target, key, { value, writable: true, enumerable: true, configurable: true });
}

/** Defines a property that is made when it is first read, and then is an ordinary one. */
export function lazily<T extends object>(target: T, key: string, make: () => unknown): T {
  Object.defineProperty(target, key, {
    enumerable: true,
    configurable: true,
    get() {
      const value = make();
      put(target, key, value);
      return value;
    },
    set(value: unknown) {
      put(target, key, value);
    },
  });
  return target;
}

/** The same for several properties that one call makes. */
export function lazilyAll(target: Target, keys: readonly string[], make: () => Target): void {
  let made: Target | undefined;
  for (const key of keys) lazily(target, key, () => (made ??= make())[key]);
}
