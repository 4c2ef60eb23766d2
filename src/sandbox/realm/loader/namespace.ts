const { defineProperty, freeze, keys, preventExtensions, setPrototypeOf } = Object;
const { toStringTag } = Symbol;

/** What `import * as ns` gives: a getter for each export, so that bindings live. */
export type Namespace = Record<string, unknown>;

export type Getter = () => unknown;

export function createNamespace(): Namespace {
  // Not made with no prototype: such objects are slow to read.
  const namespace = setPrototypeOf({}, null) as Namespace;
  return defineProperty(namespace, toStringTag, { value: 'Module' });
}

/** Adds an export, once. */
export function addExport(namespace: Namespace, name: string, get: Getter): void {
  if (!Object.hasOwn(namespace, name)) defineProperty(namespace, name, { get, enumerable: true });
}

/** No more exports come. */
export function closeNamespace(namespace: Namespace): void {
  preventExtensions(namespace);
}

/**
 * What `require` gives for an ES module, as in Node 22: the export named `module.exports` if there is one, else the
 * namespace, or, if it has a default export, another one with `__esModule`, which tools look for.
 */
export function requireView(namespace: Namespace): unknown {
  if (Object.hasOwn(namespace, 'module.exports')) return namespace['module.exports'];
  if (!Object.hasOwn(namespace, 'default') || Object.hasOwn(namespace, '__esModule')) return namespace;
  const view = createNamespace();
  for (const name of [...keys(namespace), '__esModule'].toSorted()) {
    addExport(view, name, name === '__esModule' ? () => true : () => namespace[name]);
  }
  return freeze(view);
}
