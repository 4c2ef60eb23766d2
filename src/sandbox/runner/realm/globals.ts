import { defineProperty, globalObject, ownKeys, parse } from './primordials.js';

/** What a script cannot take over through `globals`. */
const KEPT = ['console', 'require'];

/** Makes each property of the object in this JSON text a global. */
export function setGlobals(json: string): void {
  const globals = parse(json) as Record<string, unknown>;
  const names = ownKeys(globals) as string[];
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    if (name === KEPT[0] || name === KEPT[1]) continue;
    // A name that cannot be redefined (`undefined`, `NaN`) stays as it is.
    defineProperty(globalObject, name, {
      __proto__: null,
      value: globals[name],
      writable: true,
      configurable: true,
      enumerable: true,
    } as PropertyDescriptor);
  }
}
