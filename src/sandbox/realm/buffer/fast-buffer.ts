/** The class behind `Buffer`, which is a function, since it can be called without `new`. */
export class FastBuffer extends Uint8Array<ArrayBuffer> {
  constructor(memory?: number | ArrayBuffer, byteOffset?: number, length?: number) {
    super(memory as ArrayBuffer, byteOffset, length);
  }
}

const { get: kindOf } = Reflect.getOwnPropertyDescriptor(
  Reflect.getPrototypeOf(Uint8Array.prototype) as object,
  Symbol.toStringTag,
) as { get: () => string | undefined };
const { apply } = Reflect;
const Shared = globalThis.SharedArrayBuffer;

/** Whether the value is a Uint8Array, by its internal slot. */
export function isUint8Array(value: unknown): value is Uint8Array<ArrayBuffer> {
  return apply(kindOf, value, []) === 'Uint8Array';
}

export function isTypedArray(value: unknown): value is Uint8Array<ArrayBuffer> {
  return apply(kindOf, value, []) !== undefined;
}

export function isAnyArrayBuffer(value: unknown): value is ArrayBuffer {
  return value instanceof ArrayBuffer || (Shared !== undefined && value instanceof Shared);
}
