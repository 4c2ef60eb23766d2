import { OBJECT_KINDS, ORDINARY, type ObjectKind } from '../../../boundary/object-kinds.js';
import { isObject } from '../../kit/conversions.js';
import { named } from '../../kit/define.js';

type Check = (value: unknown) => boolean;

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;
const { isKind, isNamespace } = environment;
const { isView } = ArrayBuffer;

/** A check of Node's own. No primitive is of a kind. */
function kindCheck(name: ObjectKind, kind: number): Check {
  return named(name, (...[value]: [value?: unknown]) => isObject(value) && isKind(kind, value));
}

/** Returns the name of the class for a typed array, and `undefined` for anything else; throws for nothing. */
const { get: tagGetter } = getOwnPropertyDescriptor(
  getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
) as { get: () => string | undefined };

/** The class of a typed array, whatever its prototype is now. */
export const arrayKind = (value: unknown): string | undefined => apply(tagGetter, value, []);

function ofArrayKind(kind: string): Check {
  return named(`is${kind}`, (value: unknown) => arrayKind(value) === kind);
}

const { toString } = Object.prototype;
/** Node's classes that this realm implements itself have no slot: it is their tag that tells. A proxy is not asked for it. */
function tagged(name: string): Check {
  return named(
    'value',
    (value: unknown) =>
      typeof value === 'object' && !kinds.isProxy(value) && apply(toString, value, []) === `[object ${name}]`,
  );
}

const kinds = { __proto__: null } as unknown as Record<ObjectKind, Check>;
for (let kind = 0; kind < OBJECT_KINDS.length; kind++) {
  const name = OBJECT_KINDS[kind] as ObjectKind;
  kinds[name] = kindCheck(name, kind);
}

// A namespace is a proxy here, and to scripts a namespace.
const { isProxy } = kinds;
kinds.isProxy = named('isProxy', (...[value]: [value?: unknown]) => isProxy(value) && !isNamespace(value));
kinds.isModuleNamespaceObject = named('isModuleNamespaceObject', (...[value]: [value?: unknown]) =>
  isNamespace(value),
);

/** Node's `util.types`. */
export const types = {
  ...kinds,
  isArrayBufferView: (value: unknown) => isView(value),
  isBigInt64Array: ofArrayKind('BigInt64Array'),
  isBigUint64Array: ofArrayKind('BigUint64Array'),
  isCryptoKey: tagged('CryptoKey'),
  isDataView: (...[value]: [value?: unknown]) => isView(value) && arrayKind(value) === undefined,
  isExternal: () => false,
  isFloat16Array: ofArrayKind('Float16Array'),
  isFloat32Array: ofArrayKind('Float32Array'),
  isFloat64Array: ofArrayKind('Float64Array'),
  isInt16Array: ofArrayKind('Int16Array'),
  isInt32Array: ofArrayKind('Int32Array'),
  isInt8Array: ofArrayKind('Int8Array'),
  isKeyObject: tagged('KeyObject'),
  isTypedArray: (value: unknown) => arrayKind(value) !== undefined,
  isUint16Array: ofArrayKind('Uint16Array'),
  isUint32Array: ofArrayKind('Uint32Array'),
  isUint8Array: ofArrayKind('Uint8Array'),
  isUint8ClampedArray: ofArrayKind('Uint8ClampedArray'),
};

/** Whether an object has nothing but its properties: an array, a literal, or an instance of a class that is not V8's own. */
export const isOrdinary = (value: object): boolean => isKind(ORDINARY, value);
