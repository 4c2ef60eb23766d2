import { domException } from '../kit/errors.js';
import { arrayKind, types } from '../node/ports/type-checks.js';

const { apply, getOwnPropertyDescriptor, getPrototypeOf } = Reflect;

type Reader = (of: object) => number;
type Buffer = ArrayBuffer & { readonly resizable?: boolean; readonly maxByteLength?: number };
interface BytesClass {
  new (buffer: ArrayBuffer, byteOffset: number, length?: number): ArrayBufferView;
  readonly BYTES_PER_ELEMENT: number;
}

/** The getter of the language, whatever an object has under that name itself. */
function reader(prototype: object, key: string): Reader {
  const getter = getOwnPropertyDescriptor(prototype, key)?.get as (() => unknown) | undefined;
  return (of) => apply(getter as () => number, of, []);
}

const TYPED_ARRAY = getPrototypeOf(Uint8Array.prototype) as object;
const lengthOf = reader(ArrayBuffer.prototype, 'byteLength');
const arrays = {
  buffer: reader(TYPED_ARRAY, 'buffer') as unknown as (of: object) => ArrayBuffer,
  byteOffset: reader(TYPED_ARRAY, 'byteOffset'),
  length: reader(TYPED_ARRAY, 'length'),
};
const views = {
  buffer: reader(DataView.prototype, 'buffer') as unknown as (of: object) => ArrayBuffer,
  byteOffset: reader(DataView.prototype, 'byteOffset'),
  byteLength: reader(DataView.prototype, 'byteLength'),
};
const { set: setBytes } = Uint8Array.prototype;
const Bytes = Uint8Array;
const Floats16 = (globalThis as { Float16Array?: BytesClass }).Float16Array;

/** The classes of typed arrays by their names. */
const CLASSES: Readonly<Record<string, BytesClass>> = {
  __proto__: null as never,
  BigInt64Array,
  BigUint64Array,
  Float32Array,
  Float64Array,
  Int16Array,
  Int32Array,
  Int8Array,
  Uint16Array,
  Uint32Array,
  Uint8Array,
  Uint8ClampedArray,
  ...(Floats16 !== undefined && { Float16Array: Floats16 }),
};

/** Copies a buffer, which remains resizable if it is. A shared one stays the same memory, and here the same object. */
export function cloneBuffer(buffer: Buffer): ArrayBuffer {
  if (types.isSharedArrayBuffer(buffer)) return buffer;
  const bytes = bytesOf(buffer);
  const { maxByteLength } = buffer;
  const options = buffer.resizable === true ? { maxByteLength } : undefined;
  const clone = new (ArrayBuffer as new (length: number, options?: object) => ArrayBuffer)(
    lengthOf(buffer),
    options,
  );
  apply(setBytes, new Bytes(clone), [bytes]);
  return clone;
}

/** @throws DOMException for a detached buffer, of which no view can be made */
function bytesOf(buffer: ArrayBuffer): Uint8Array {
  try {
    return new Bytes(buffer);
  } catch {
    throw domException('An ArrayBuffer is detached and could not be cloned.', 'DataCloneError');
  }
}

/** Clones a typed array or a DataView, with the whole buffer under it, as the standard demands. */
export function cloneView(
  view: ArrayBufferView,
  cloneOfBuffer: (buffer: ArrayBuffer) => ArrayBuffer,
): ArrayBufferView {
  const kind = arrayKind(view);
  const Class = kind === undefined ? undefined : CLASSES[kind];
  const read = Class === undefined ? views : arrays;
  const buffer: Buffer = read.buffer(view);
  const clone = cloneOfBuffer(buffer);
  try {
    const offset = read.byteOffset(view);
    const length = Class === undefined ? views.byteLength(view) : arrays.length(view);
    const unit = Class?.BYTES_PER_ELEMENT ?? 1;
    // A view that ends where a resizable buffer ends may follow its length, and nearly all of them do.
    const follows = buffer.resizable === true && length === Math.floor((buffer.byteLength - offset) / unit);
    const end = follows ? undefined : length;
    if (Class === undefined) return new DataView(clone, offset, end);
    // Of a resizable buffer that has become too short, the view has no elements.
    if (length === 0 && offset === 0 && !follows && buffer.resizable === true) throw new RangeError();
    return new Class(clone, offset, end);
  } catch {
    throw domException('[object Object] could not be cloned.', 'DataCloneError');
  }
}

/** Moves the bytes to a new buffer; the old one is detached, where V8 can do that. */
export function moved(buffer: ArrayBuffer): ArrayBuffer {
  const { transfer } = buffer as ArrayBuffer & { transfer?: () => ArrayBuffer };
  // Node 20 cannot detach a buffer.
  return transfer === undefined ? cloneBuffer(buffer) : apply(transfer, buffer, []);
}
