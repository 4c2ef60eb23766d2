import { define, defineAccessor } from './define.js';

/**
 * Defines properties that are created when first read, and are ordinary ones from then on: what most scripts do without is
 * not loaded. The getter belongs to the realm of the script, and captures no function of the host.
 * @param make returns the value of a property; it is called again if it has thrown
 */
export function lazily<T extends object>(
  target: T,
  keys: readonly string[],
  make: (key: string) => unknown,
): T {
  for (const key of keys) {
    defineAccessor(
      target,
      key,
      {
        get() {
          const value = make(key);
          define(target, key, value);
          return value;
        },
        set(value) {
          define(target, key, value);
        },
      },
      true,
    );
  }
  return target;
}

/** The same for a property of a class, created for each of its objects. */
export function lazilyForEach(
  { prototype }: { readonly prototype: object },
  key: string,
  make: (object: never) => unknown,
): void {
  defineAccessor(prototype, key, {
    get(this: object) {
      const value = make(this as never);
      define(this, key, value);
      return value;
    },
    set(this: object, value) {
      define(this, key, value);
    },
  });
}
