import { defineAccessor, defineConstant } from '../kit/define.js';

const { freeze, keys, preventExtensions, setPrototypeOf } = Object;
const { toStringTag } = Symbol;

/** The object of `import * as ns`: a getter for each export, so that bindings are live. */
export type Namespace = Record<string, unknown>;

export type Getter = () => unknown;

export function createNamespace(): Namespace {
  // Not created without a prototype: such objects are slow to read.
  const namespace = setPrototypeOf({}, null) as Namespace;
  defineConstant(namespace, toStringTag, 'Module', false);
  return namespace;
}

/** Adds an export, once. */
export function addExport(namespace: Namespace, name: string, get: Getter): void {
  if (!Object.hasOwn(namespace, name)) defineAccessor(namespace, name, { get }, true, false);
}

/** Closes the namespace to further exports. */
export function closeNamespace(namespace: Namespace): void {
  preventExtensions(namespace);
}

/**
 * The result of `require` for an ES module, as in Node 22: the export `module.exports` if there is one, or else the namespace.
 * If there is a default export, it is a copy of the namespace with `__esModule`, which tools look for.
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
