/**
 * Gives a module properties that are made when one is first read, and are ordinary ones from then on: what most scripts
 * that load the module do without.
 */
export function madeOnUse<T extends object>(
  module: T,
  names: readonly string[],
  make: (name: string) => unknown,
): T {
  for (const name of names) {
    const become = (value: unknown): unknown => {
      Object.defineProperty(module, name, { value, writable: true, enumerable: true, configurable: true });
      return value;
    };
    Object.defineProperty(module, name, {
      get: () => become(make(name)),
      set: become,
      enumerable: true,
      configurable: true,
    });
  }
  return module;
}
