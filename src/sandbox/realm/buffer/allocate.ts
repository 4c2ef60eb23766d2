import { invalidArgument } from '../../boundary/coded-errors.js';
import { unknownEncoding } from '../kit/errors.js';
import { MAX_LENGTH, checkWithin, outOfBounds } from './checks.js';
import { type Codec, UTF8, codecOf, encoded } from './codecs.js';
import { FastBuffer, isAnyArrayBuffer, isTypedArray } from './fast-buffer.js';
import { toNumber } from '../kit/conversions.js';

/** Small Buffers share memory of this size, as in Node: to allocate memory for each takes longer. */
export const POOL_SIZE = 8192;
/** Buffers of this many bytes and more have memory of their own. */
const LARGE = POOL_SIZE >>> 1;
/** Pooled Buffers begin at a multiple of it. */
const ALIGNMENT = 8;

let pool = new ArrayBuffer(0);
let used = 0;

/** The memory of the pool is new to the script: its bytes are zero. */
export function allocate(size: number): FastBuffer {
  if (size <= 0) return new FastBuffer();
  return size < LARGE ? pooled(size) : new FastBuffer(size);
}

function pooled(size: number): FastBuffer {
  reserve(size);
  const bytes = new FastBuffer(pool, used, size);
  take(size);
  return bytes;
}

function reserve(size: number): void {
  if (size <= pool.byteLength - used) return;
  pool = new ArrayBuffer(POOL_SIZE);
  used = 0;
}

function take(size: number): void {
  used = Math.ceil((used + size) / ALIGNMENT) * ALIGNMENT;
}

export function fromText(text: string, codec: Codec): FastBuffer {
  if (text === '') return new FastBuffer();
  const size = codec.sizeOf(text);
  if (size >= LARGE) {
    const bytes = new FastBuffer(size);
    const written = encoded(bytes, codec, text, 0, size);
    return written === size ? bytes : new FastBuffer(bytes.buffer.slice(0, written));
  }
  if (size === 0) return new FastBuffer();
  reserve(size);
  const room = new FastBuffer(pool, used, size);
  const written = encoded(room, codec, text, 0, size);
  const bytes = written === size ? room : new FastBuffer(pool, used, written);
  take(written);
  return bytes;
}

/** @throws TypeError for a name that is not that of an encoding */
function fromString(text: string, encoding: unknown): FastBuffer {
  if (typeof encoding !== 'string' || encoding === '') return fromText(text, UTF8);
  const codec = codecOf(encoding);
  if (codec === undefined) throw unknownEncoding(encoding);
  return fromText(text, codec);
}

function fromMemory(memory: ArrayBuffer, byteOffset: unknown, length: unknown): FastBuffer {
  const offset = toNumber(byteOffset) || 0;
  const max = memory.byteLength - offset;
  if (max < 0) throw outOfBounds('offset');
  if (length === undefined) return new FastBuffer(memory, offset);
  const size = toNumber(length);
  if (size > max) throw outOfBounds('length');
  return new FastBuffer(memory, offset, size > 0 ? size : 0);
}

/** Copies the numbers of an array, or of anything with a length. */
export function fromArrayLike(list: ArrayLike<number>): FastBuffer {
  const { length } = list;
  if (!(length > 0)) return new FastBuffer();
  const bytes = allocate(Math.trunc(length));
  bytes.set(list);
  return bytes;
}

interface Convertible {
  readonly length?: unknown;
  readonly buffer?: unknown;
  readonly type?: unknown;
  readonly data?: unknown;
  readonly valueOf?: unknown;
  readonly [Symbol.toPrimitive]?: unknown;
}

function fromObject(value: Convertible): FastBuffer | undefined {
  if (isTypedArray(value)) return fromArrayLike(value);
  if (value.length !== undefined || isAnyArrayBuffer(value.buffer))
    return typeof value.length === 'number' ? fromArrayLike(value as ArrayLike<number>) : new FastBuffer();
  return value.type === 'Buffer' && Array.isArray(value.data)
    ? fromArrayLike(value.data as number[])
    : undefined;
}

/** `Buffer.from`. */
export function from(value: unknown, encodingOrOffset?: unknown, length?: unknown): FastBuffer {
  if (typeof value === 'string') return fromString(value, encodingOrOffset);
  if (typeof value === 'object' && value !== null) {
    if (isAnyArrayBuffer(value)) return fromMemory(value, encodingOrOffset, length);
    const object = value as Convertible;
    const primitive = object.valueOf ? (object.valueOf as () => unknown)() : undefined;
    if (
      primitive !== undefined &&
      primitive !== null &&
      primitive !== value &&
      (typeof primitive === 'string' || typeof primitive === 'object')
    )
      return from(primitive, encodingOrOffset, length);
    const bytes = fromObject(object);
    if (bytes !== undefined) return bytes;
    const convert = object[Symbol.toPrimitive];
    if (typeof convert === 'function') {
      const text: unknown = Reflect.apply(convert as () => unknown, value, ['string']);
      if (typeof text === 'string') return fromString(text, encodingOrOffset);
    }
  }
  throw invalidArgument(
    'first argument',
    'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object',
    value,
  );
}

export function checkSize(size: unknown): asserts size is number {
  checkWithin(size, 'size', MAX_LENGTH);
}
