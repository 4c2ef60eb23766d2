/**
 * Node's `util.types`. A check calls a builtin method or getter that throws for a receiver without the internal slot. Where
 * there is no such method, it compares the tag, which a value can set for itself.
 */
type Check = (value: unknown) => boolean;

const { apply, getOwnPropertyDescriptor } = Reflect;

/** True when the method runs on the value. */
function hasSlot(method: unknown, ...args: unknown[]): Check {
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    try {
      apply(method as never, value, args);
      return true;
    } catch {
      return false;
    }
  };
}

const getter = (prototype: object, key: PropertyKey) => getOwnPropertyDescriptor(prototype, key)?.get;
const tag = (value: unknown) => Object.prototype.toString.call(value).slice(8, -1);
const tagGetter = getter(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag);
const arrayKind = (value: unknown) => apply(tagGetter as never, value, []) as string | undefined;

const isDate = hasSlot(Date.prototype.getTime);
const isMap = hasSlot(getter(Map.prototype, 'size'));
const isSet = hasSlot(getter(Set.prototype, 'size'));
const isArrayBuffer = hasSlot(getter(ArrayBuffer.prototype, 'byteLength'));
const isSharedArrayBuffer: Check =
  typeof SharedArrayBuffer === 'undefined'
    ? () => false
    : hasSlot(getter(SharedArrayBuffer.prototype, 'byteLength'));
const isNumberObject = hasSlot(Number.prototype.valueOf);
const isStringObject = hasSlot(String.prototype.valueOf);
const isBooleanObject = hasSlot(Boolean.prototype.valueOf);
const isBigIntObject = hasSlot(BigInt.prototype.valueOf);
const isSymbolObject = hasSlot(Symbol.prototype.valueOf);
const ofKind =
  (kind: string): Check =>
  (value) =>
    arrayKind(value) === kind;
const tagged =
  (name: string): Check =>
  (value) =>
    typeof value === 'object' && tag(value) === name;
const taggedFunction =
  (...names: string[]): Check =>
  (value) =>
    typeof value === 'function' && names.includes(tag(value));

export const types = {
  isAnyArrayBuffer: (value: unknown) => isArrayBuffer(value) || isSharedArrayBuffer(value),
  isArgumentsObject: tagged('Arguments'),
  isArrayBuffer,
  isArrayBufferView: (value: unknown) => ArrayBuffer.isView(value),
  isAsyncFunction: taggedFunction('AsyncFunction', 'AsyncGeneratorFunction'),
  isBigInt64Array: ofKind('BigInt64Array'),
  isBigIntObject,
  isBigUint64Array: ofKind('BigUint64Array'),
  isBooleanObject,
  isBoxedPrimitive: (value: unknown) =>
    [isNumberObject, isStringObject, isBooleanObject, isBigIntObject, isSymbolObject].some((check) =>
      check(value),
    ),
  isCryptoKey: tagged('CryptoKey'),
  isDataView: (value: unknown) => ArrayBuffer.isView(value) && arrayKind(value) === undefined,
  isDate,
  isExternal: () => false,
  isFloat16Array: ofKind('Float16Array'),
  isFloat32Array: ofKind('Float32Array'),
  isFloat64Array: ofKind('Float64Array'),
  isGeneratorFunction: taggedFunction('GeneratorFunction', 'AsyncGeneratorFunction'),
  isGeneratorObject: (value: unknown) => tagged('Generator')(value) || tagged('AsyncGenerator')(value),
  isInt16Array: ofKind('Int16Array'),
  isInt32Array: ofKind('Int32Array'),
  isInt8Array: ofKind('Int8Array'),
  isKeyObject: tagged('KeyObject'),
  isMap,
  isMapIterator: tagged('Map Iterator'),
  isModuleNamespaceObject: tagged('Module'),
  isNativeError: (value: unknown) => value instanceof Error || tagged('Error')(value),
  isNumberObject,
  isPromise: (value: unknown) => value instanceof Promise,
  isProxy: () => false,
  isRegExp: tagged('RegExp'),
  isSet,
  isSetIterator: tagged('Set Iterator'),
  isSharedArrayBuffer,
  isStringObject,
  isSymbolObject,
  isTypedArray: (value: unknown) => arrayKind(value) !== undefined,
  isUint16Array: ofKind('Uint16Array'),
  isUint32Array: ofKind('Uint32Array'),
  isUint8Array: ofKind('Uint8Array'),
  isUint8ClampedArray: ofKind('Uint8ClampedArray'),
  isWeakMap: hasSlot(WeakMap.prototype.has, {}),
  isWeakSet: hasSlot(WeakSet.prototype.has, {}),
};
