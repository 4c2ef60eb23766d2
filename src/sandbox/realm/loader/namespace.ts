import { defineAccessor, defineConstant, defineSealed } from '../kit/define.js';
import { hasOwn, is, isExtensible, ownKeys, preventExtensions, setPrototypeOf } from '../kit/primordials.js';

const { deleteProperty } = Reflect;
const { toStringTag } = Symbol;

/** A module's exports, a getter for each, so that they are live. Rewritten modules read imported names from it. */
export type Bindings = Record<string, unknown>;

/**
 * A module's exports as scripts hold them. Except for V8's own checks, it is a module namespace exotic object:
 * https://tc39.es/ecma262/#sec-module-namespace-exotic-objects
 */
export type Namespace = Record<string, unknown>;

export type Getter = () => unknown;

export function createBindings(): Bindings {
  // Not created without a prototype: such objects are slow to read.
  const bindings = {};
  setPrototypeOf(bindings, null);
  defineConstant(bindings, toStringTag, 'Module', false);
  return bindings;
}

/** Adds an export, once. */
export function addExport(bindings: Bindings, name: string, get: Getter): void {
  if (!hasOwn(bindings, name)) defineAccessor(bindings, name, { get }, true, false);
}

interface NamespaceSource {
  /** Returns the names that are known by now. */
  readonly names: () => readonly string[];
  /** Whether there will be no further names. */
  readonly isComplete: () => boolean;
  /** Reads an export; throws before its declaration is evaluated. */
  readonly get: (name: string) => unknown;
}

/**
 * Creates a namespace: a proxy, since only a proxy can have properties that are data to those who look and live to those
 * who read. Its target has a placeholder for each name, because a property that the target lacks cannot be fixed.
 */
export function createNamespace({ names, isComplete, get }: NamespaceSource): Namespace {
  const target = { __proto__: null };
  defineConstant(target, toStringTag, 'Module', false);

  function fill(): void {
    if (!isExtensible(target)) return;
    const known = names();
    for (let i = 0; i < known.length; i++) {
      if (!hasOwn(target, known[i] as string)) defineSealed(target, known[i] as string, undefined);
    }
    if (isComplete()) preventExtensions(target);
  }

  const hasExport = (key: PropertyKey): key is string => {
    fill();
    return typeof key === 'string' && hasOwn(target, key);
  };

  const handler = {
    __proto__: null,
    get: (_: object, key: PropertyKey): unknown =>
      hasExport(key) ? get(key) : key === toStringTag ? 'Module' : undefined,
    set: () => false,
    has: (_: object, key: PropertyKey): boolean => hasExport(key) || key === toStringTag,
    deleteProperty: (_: object, key: PropertyKey): boolean => !hasExport(key) && deleteProperty(target, key),
    ownKeys(): ArrayLike<string | symbol> {
      fill();
      return ownKeys(target);
    },
    getOwnPropertyDescriptor(_: object, key: PropertyKey): PropertyDescriptor | undefined {
      const isTag = key === toStringTag;
      if (!hasExport(key) && !isTag) return undefined;
      return {
        __proto__: null,
        value: isTag ? 'Module' : get(key as string),
        writable: !isTag,
        enumerable: !isTag,
        configurable: false,
      } as PropertyDescriptor;
    },
    /** Allows only what changes nothing. */
    defineProperty(_: object, key: PropertyKey, asked: PropertyDescriptor): boolean {
      const isTag = key === toStringTag;
      if (!hasExport(key) && !isTag) return false;
      const current = isTag ? 'Module' : get(key as string);
      return (
        !hasOwn(asked, 'get') &&
        !hasOwn(asked, 'set') &&
        (!hasOwn(asked, 'configurable') || asked.configurable === false) &&
        (!hasOwn(asked, 'enumerable') || asked.enumerable === !isTag) &&
        (!hasOwn(asked, 'writable') || asked.writable === !isTag) &&
        (!hasOwn(asked, 'value') || is(asked.value, current))
      );
    },
    isExtensible(): boolean {
      fill();
      return isExtensible(target);
    },
    preventExtensions(): boolean {
      fill();
      return !isExtensible(target);
    },
    setPrototypeOf: (_: object, prototype: object | null) => prototype === null,
  };
  return Mark.onto(new Proxy(target, handler));
}

/** Constructs the object that it is given. */
function Given(given: object): object {
  return given;
}

/** A mark on namespaces: a private field, which no trap sees. */
class Mark extends (Given as unknown as new (given: object) => object) {
  readonly #isNamespace = true;

  static onto(namespace: object): Namespace {
    return new Mark(namespace) as unknown as Namespace;
  }

  static isOn(value: object): boolean {
    return #isNamespace in value && value.#isNamespace;
  }
}

/** Whether a value is a namespace: V8 takes it for a proxy. */
export function isNamespace(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Mark.isOn(value);
}

/**
 * The result of `require` for an ES module, as in Node 22: the export `module.exports` if there is one, or else the namespace.
 * If there is a default export, it is another namespace, with `__esModule`, which tools look for.
 */
export function requireView(namespace: Namespace): unknown {
  if (hasOwn(namespace, 'module.exports')) return namespace['module.exports'];
  if (!hasOwn(namespace, 'default') || hasOwn(namespace, '__esModule')) return namespace;
  return createNamespace({
    names: () => [...Object.keys(namespace), '__esModule'].toSorted(),
    isComplete: () => !isExtensible(namespace),
    get: (name) => (name === '__esModule' ? true : namespace[name]),
  });
}
