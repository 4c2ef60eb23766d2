import { type Getter, type Namespace, addExport, closeNamespace, createNamespace } from './namespace.js';

/** What a name leads to: a binding, nothing, or two bindings of different modules. */
export type Resolved = Getter | 'ambiguous' | undefined;

/** A module as others import from it. */
export interface LinkedModule {
  readonly namespace: Namespace;
  /** Gives the namespace; the same function each time. */
  readonly whole: Getter;
  /** Whether {@link names} is complete: a CommonJS module knows its exports only when it has run. */
  isSettled(seen: LinkedModule[]): boolean;
  names(seen: LinkedModule[]): string[];
  /** The same binding is the same function, whichever way it was found. */
  resolve(name: string, seen: (LinkedModule | string)[]): Resolved;
}

/** A CommonJS module, a JSON file or a builtin: its exports, each as `default` and by the names of its properties. */
export class ForeignModule implements LinkedModule {
  readonly namespace = createNamespace();
  readonly whole: Getter = () => this.namespace;
  readonly #getters: Record<string, Getter> = { __proto__: null } as never;
  #exports: unknown;
  #isLoaded = false;

  constructor(private readonly load: () => unknown) {
    this.#getters['default'] = this.#getters['module.exports'] = () => this.#exports;
  }

  isSettled(): boolean {
    return this.#isLoaded;
  }

  /** Runs the module, the first time. */
  evaluate(): void {
    if (this.#isLoaded) return;
    this.#exports = this.load();
    this.#isLoaded = true;
    for (const name of this.names()) addExport(this.namespace, name, this.#getter(name));
  }

  names(): string[] {
    const own = isObject(this.#exports) ? Object.keys(this.#exports) : [];
    return [
      ...own.filter((name) => name !== 'default' && name !== 'module.exports'),
      'default',
      'module.exports',
    ].toSorted();
  }

  /** Also of a property that is not enumerable: whoever asks for it by its name, has it. */
  resolve(name: string): Resolved {
    const isKnown = name === 'default' || name === 'module.exports';
    if (!isKnown && !(isObject(this.#exports) && name in this.#exports)) return undefined;
    const get = this.#getter(name);
    if (this.#isLoaded) addExport(this.namespace, name, get);
    return get;
  }

  #getter(name: string): Getter {
    return (this.#getters[name] ??= () => (this.#exports as Record<string, unknown>)[name]);
  }
}

function isObject(value: unknown): value is object {
  return (typeof value === 'object' && value !== null) || typeof value === 'function';
}

/** Fills the namespace with what is known by now. */
export function fillNamespace(module: LinkedModule): void {
  for (const name of module.names([]).toSorted()) {
    const get = module.resolve(name, []);
    if (typeof get === 'function') addExport(module.namespace, name, get);
  }
  if (module.isSettled([])) closeNamespace(module.namespace);
}
