import { define } from './kit/define.js';
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

/** Names that `globals` cannot replace. */
const KEPT = ['console', 'require'];

/** The globals that the client sends: for one call, or for each call of a context that is reused. */
export class ClientGlobals {
  #names: readonly string[] = [];
  /** For each global of the client, the property that it has replaced, if any. */
  readonly #displaced = create(null) as Record<string, PropertyDescriptor | undefined>;

  /** @param keeps whether the replaced properties may have to come back */
  set(json: string, keeps: boolean): void {
    const globals = parse(json) as Record<string, unknown>;
    const names = ownKeys(globals) as string[];
    for (let i = 0; i < names.length; i++) {
      const name = names[i] as string;
      if (name === KEPT[0] || name === KEPT[1]) continue;
      if (keeps && !(name in this.#displaced)) this.#displaced[name] = displacedBy(name);
      // A name that cannot be redefined (`undefined`, `NaN`) stays as it is.
      define(globalObject, name, globals[name]);
    }
    if (keeps) this.#removeOthers(globals, names);
  }

  /** Removes the globals of the previous call that this call does not have. */
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
