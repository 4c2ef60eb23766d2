import { isObject } from '../kit/conversions.js';
import { preventExtensions } from '../kit/primordials.js';
import {
  type Bindings,
  type Getter,
  type Namespace,
  addExport,
  createBindings,
  createNamespace,
} from './namespace.js';

/** What a name resolves to: a binding, nothing, or two bindings of different modules. */
export type Resolved = Getter | 'ambiguous' | undefined;

/** A module that others import from. */
export interface LinkedModule {
  readonly bindings: Bindings;
  /** Created when a script asks for it. */
  readonly namespace: Namespace;
  /** Returns the namespace; always the same function. */
  readonly whole: Getter;
  /** Whether {@link names} is complete: the exports of a CommonJS module are known only after it has run. */
  isSettled(seen: LinkedModule[]): boolean;
  names(seen: LinkedModule[]): string[];
  /** Returns the same function for the same binding, however it was found. */
  resolve(name: string, seen: (LinkedModule | string)[]): Resolved;
}

/** A CommonJS module, a JSON file or a builtin, as ES modules import it: `default`, and a name for each property of its exports. */
export class SyntheticModule implements LinkedModule {
  readonly bindings = createBindings();
  readonly whole: Getter = () => this.namespace;
  readonly #getters: Record<string, Getter> = { __proto__: null } as never;
  #exports: unknown;
  #isLoaded = false;
  #namespace: Namespace | undefined;

  /** @param namesWhole whether `module.exports` is among its names, as Node from version 23 has it for CommonJS */
  constructor(
    private readonly load: () => unknown,
    private readonly namesWhole: boolean,
  ) {
    this.#getters['default'] = this.#getters['module.exports'] = () => this.#exports;
  }

  get namespace(): Namespace {
    return (this.#namespace ??= createNamespace({
      names: () => (this.#isLoaded ? this.names() : []),
      isComplete: () => this.#isLoaded,
      get: (name) => this.#getter(name)(),
    }));
  }

  isSettled(): boolean {
    return this.#isLoaded;
  }

  /** Runs the module, the first time. */
  evaluate(): void {
    if (this.#isLoaded) return;
    this.#exports = this.load();
    this.#isLoaded = true;
    for (const name of this.names()) addExport(this.bindings, name, this.#getter(name));
  }

  names(): string[] {
    const own = isObject(this.#exports) ? Object.keys(this.#exports) : [];
    return [
      ...own.filter((name) => name !== 'default' && name !== 'module.exports'),
      'default',
      ...(this.namesWhole ? ['module.exports'] : []),
    ].toSorted();
  }

  /** Resolves the name of any property, also of one that is not enumerable. */
  resolve(name: string): Resolved {
    const isKnown = name === 'default' || name === 'module.exports';
    if (!isKnown && !(isObject(this.#exports) && name in this.#exports)) return undefined;
    const get = this.#getter(name);
    if (this.#isLoaded && name !== 'module.exports') addExport(this.bindings, name, get);
    return get;
  }

  #getter(name: string): Getter {
    return (this.#getters[name] ??= () => (this.#exports as Record<string, unknown>)[name]);
  }
}

/** Adds the exports that are known by now to the bindings. */
export function fillBindings(module: LinkedModule): void {
  for (const name of module.names([]).toSorted()) {
    const get = module.resolve(name, []);
    if (typeof get === 'function') addExport(module.bindings, name, get);
  }
  if (module.isSettled([])) preventExtensions(module.bindings);
}
