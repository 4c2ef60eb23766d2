import { types } from 'node:util';
import { type IsKind, OBJECT_KINDS } from '../../boundary/object-kinds.js';

/** One call of the realm in place of one for each kind. */
function isOrdinary(value: unknown): boolean {
  return !(
    types.isProxy(value) ||
    types.isMap(value) ||
    types.isSet(value) ||
    types.isDate(value) ||
    types.isNativeError(value) ||
    types.isAnyArrayBuffer(value) ||
    ArrayBuffer.isView(value) ||
    types.isRegExp(value) ||
    types.isBoxedPrimitive(value) ||
    types.isPromise(value) ||
    types.isWeakMap(value) ||
    types.isWeakSet(value) ||
    types.isGeneratorObject(value) ||
    types.isMapIterator(value) ||
    types.isSetIterator(value) ||
    types.isArgumentsObject(value) ||
    types.isModuleNamespaceObject(value)
  );
}

const CHECKS: readonly ((value: unknown) => boolean)[] = [
  ...OBJECT_KINDS.map((name) => types[name]),
  isOrdinary,
];

/** Node's checks for the realm. A number is looked up, and nothing else: no code of a script runs meanwhile. */
export const isKind: IsKind = (kind, value) => typeof kind === 'number' && CHECKS[kind]?.(value) === true;
