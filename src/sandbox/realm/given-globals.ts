import {
  create,
  defineProperty,
  deleteProperty,
  getOwnPropertyDescriptor,
  globalObject,
  hasOwn,
  ownKeys,
  parse,
  setPrototypeOf,
} from './kit/primordials.js';

/** What a script cannot take over through `globals`. */
const KEPT = ['console', 'require'];

/** The globals that the client gives: of one call, or of each call anew where the context stays. */
export class GivenGlobals {
  #names: readonly string[] = [];
  /** By the name of a given global: what it has displaced, or nothing. */
  readonly #displaced = create(null) as Record<string, PropertyDescriptor | undefined>;

  /** @param keeps whether what they displace may have to come back */
  set(json: string, keeps: boolean): void {
    const globals = parse(json) as Record<string, unknown>;
    const names = ownKeys(globals) as string[];
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (name === KEPT[0] || name === KEPT[1]) continue;
      if (keeps && !(name in this.#displaced)) this.#displaced[name] = displacedBy(name);
      // A name that cannot be redefined (`undefined`, `NaN`) stays as it is.
      defineProperty(globalObject, name, {
        __proto__: null,
        value: globals[name],
        writable: true,
        configurable: true,
        enumerable: true,
      } as PropertyDescriptor);
    }
    if (keeps) this.#removeOthers(globals, names);
  }

  /** Those of the last call that this one does not give. */
  #removeOthers(globals: object, names: readonly string[]): void {
    const last = this.#names;
    this.#names = names;
    for (let i = 0; i < last.length; i++) {
      const name = last[i] as string;
      if (!(name in this.#displaced) || hasOwn(globals, name)) continue;
      const displaced = this.#displaced[name];
      delete this.#displaced[name];
      if (displaced === undefined) deleteProperty(globalObject, name);
      else defineProperty(globalObject, name, displaced);
    }
  }
}

function displacedBy(name: string): PropertyDescriptor | undefined {
  const descriptor = getOwnPropertyDescriptor(globalObject, name);
  if (descriptor !== undefined) setPrototypeOf(descriptor, null);
  return descriptor;
}
