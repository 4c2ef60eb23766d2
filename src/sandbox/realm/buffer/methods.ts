import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { unknownEncoding } from '../kit/errors.js';
import {
  MAX_LENGTH,
  checkOffset,
  indexError,
  nativeTypeError,
  notBytes,
  notInRange,
  outOfBounds,
} from './checks.js';
import { type Codec, UTF8, codecOf, decoded, encoded } from './codecs.js';
import { FastBuffer, isUint8Array } from './fast-buffer.js';
import { fill } from './fill.js';
import { toNumber } from '../kit/conversions.js';

const { lend } = environment;
const { min, trunc } = Math;
const { apply } = Reflect;
const { indexOf } = Uint8Array.prototype;

/** Most bytes that `inspect` shows. */
export const INSPECT_MAX_BYTES = 50;
/** Buffers of this many bytes are compared by the host; for shorter ones a call takes longer than a loop. */
const LONG = 32;

function wholeOr(value: unknown, other: number): number {
  const number = toNumber(value);
  return Number.isSafeInteger(Math.floor(number)) ? Math.floor(number) : other;
}

/** Copies bytes, as many as both have; returns how many. */
function copy(
  source: Uint8Array,
  target: Uint8Array,
  targetStart: number,
  sourceStart: number,
  sourceEnd: number,
): number {
  const size = min(sourceEnd - sourceStart, target.length - targetStart, source.length - sourceStart);
  if (size <= 0) return 0;
  const isWhole = sourceStart === 0 && size === source.length;
  target.set(
    isWhole ? source : new Uint8Array(source.buffer, source.byteOffset + sourceStart, size),
    targetStart,
  );
  return size;
}

export function compareBytes(one: Uint8Array, other: Uint8Array): number {
  const size = min(one.length, other.length);
  if (size >= LONG) return lend('compare', one, other) as number;
  for (let at = 0; at < size; at++) {
    const difference = (one[at] as number) - (other[at] as number);
    if (difference !== 0) return difference < 0 ? -1 : 1;
  }
  return one.length === other.length ? 0 : one.length < other.length ? -1 : 1;
}

type Direction = 'indexOf' | 'lastIndexOf';

function search(
  bytes: Uint8Array,
  value: unknown,
  byteOffset: unknown,
  encoding: unknown,
  direction: Direction,
): number {
  const isNamed = typeof byteOffset === 'string';
  const name = isNamed ? byteOffset : encoding;
  let offset = isNamed ? NaN : toNumber(byteOffset);
  if (Number.isNaN(offset)) offset = direction === 'indexOf' ? 0 : bytes.length;
  if (typeof value === 'number') {
    if (direction === 'indexOf' && offset >= 0) return apply(indexOf, bytes, [value & 0xff, offset]);
    return lend(direction, bytes, value, offset) as number;
  }
  const codec = name === undefined ? UTF8 : codecOf(name);
  if (typeof value === 'string') {
    if (codec === undefined) throw unknownEncoding(name);
    return lend(direction, bytes, value, offset, codec.name) as number;
  }
  if (isUint8Array(value)) return lend(direction, bytes, value, offset, (codec ?? UTF8).name) as number;
  throw invalidArgument(
    'value',
    'one of type number or string or an instance of Buffer or Uint8Array',
    value,
  );
}

function swapped<T extends Uint8Array>(bytes: T, bits: 16 | 32 | 64): T {
  if (bytes.length % (bits / 8) !== 0) {
    const error = new RangeError(`Buffer size must be a multiple of ${bits}-bits`);
    throw coded(error, 'ERR_INVALID_BUFFER_SIZE');
  }
  lend(`swap${bits}`, bytes);
  return bytes;
}

/** An end of a part of the bytes, as `slice` takes it: negative ones count from the end. */
function clamped(value: unknown, length: number): number {
  const at = trunc(toNumber(value)) || 0;
  return at < 0 ? Math.max(at + length, 0) : min(at, length);
}

/** Node's methods of `Buffer.prototype`, but those that read and write numbers. */
export const methods = {
  copy(this: Uint8Array, target: unknown, targetStart?: unknown, sourceStart?: unknown, sourceEnd?: unknown) {
    if (!isUint8Array(this)) throw notBytes('source', this);
    if (!isUint8Array(target)) throw notBytes('target', target);
    const to = targetStart === undefined ? 0 : wholeOr(targetStart, 0);
    if (to < 0) throw notInRange('targetStart', '>= 0', to);
    const from = sourceStart === undefined ? 0 : wholeOr(sourceStart, 0);
    if (from < 0 || from > this.length) throw notInRange('sourceStart', `>= 0 && <= ${this.length}`, from);
    const end = sourceEnd === undefined ? this.length : wholeOr(sourceEnd, 0);
    if (end < 0) throw notInRange('sourceEnd', '>= 0', end);
    return to >= target.length || from >= end ? 0 : copy(this, target, to, from, end);
  },

  toString(this: Uint8Array, encoding?: unknown, start?: unknown, end?: unknown) {
    const { length } = this;
    // As in Node, where the start is compared before it is converted.
    let from = start as number;
    let to = end as number;
    if (from <= 0) from = 0;
    else if (from >= length) return '';
    else from = trunc(from) || 0;
    if (to === undefined || to > length) to = length;
    else to = trunc(to) || 0;
    if (arguments.length > 0 && to <= from) return '';
    const codec = encoding === undefined ? UTF8 : codecOf(encoding);
    if (codec === undefined) throw unknownEncoding(encoding);
    return decoded(this, codec, from, to);
  },

  equals(this: Uint8Array, other: unknown) {
    if (!isUint8Array(other)) throw notBytes('otherBuffer', other);
    return this === other || (this.length === other.length && compareBytes(this, other) === 0);
  },

  compare(
    this: Uint8Array,
    target: unknown,
    targetStart: unknown = 0,
    targetEnd?: unknown,
    sourceStart: unknown = 0,
    sourceEnd?: unknown,
  ) {
    if (!isUint8Array(target)) throw notBytes('target', target);
    if (arguments.length === 1) return compareBytes(this, target);
    checkOffset(targetStart, 'targetStart');
    const end = targetEnd === undefined ? target.length : targetEnd;
    checkOffset(end, 'targetEnd', target.length);
    checkOffset(sourceStart, 'sourceStart');
    const ownEnd = sourceEnd === undefined ? this.length : sourceEnd;
    checkOffset(ownEnd, 'sourceEnd', this.length);
    if (sourceStart >= ownEnd) return targetStart >= end ? 0 : -1;
    if (targetStart >= end) return 1;
    return compareBytes(part(this, sourceStart, ownEnd), part(target, targetStart, end));
  },

  indexOf(this: Uint8Array, value: unknown, byteOffset?: unknown, encoding?: unknown) {
    return search(this, value, byteOffset, encoding, 'indexOf');
  },

  lastIndexOf(this: Uint8Array, value: unknown, byteOffset?: unknown, encoding?: unknown) {
    return search(this, value, byteOffset, encoding, 'lastIndexOf');
  },

  includes(this: Uint8Array, value: unknown, byteOffset?: unknown, encoding?: unknown) {
    return search(this, value, byteOffset, encoding, 'indexOf') !== -1;
  },

  fill(this: FastBuffer, value: unknown, offset?: unknown, end?: unknown, encoding?: unknown) {
    return fill(this, value, offset, end, encoding);
  },

  write(this: Uint8Array, text: unknown, offset?: unknown, length?: unknown, encoding?: unknown) {
    const size = this.length;
    let at = offset;
    let room = length;
    let name = encoding;
    if (at === undefined) return encoded(this, UTF8, text, 0, size);
    if (room === undefined && typeof at === 'string') {
      name = at;
      at = 0;
      room = size;
    } else {
      checkOffset(at, 'offset', size);
      if (room === undefined) room = size - at;
      else if (typeof room === 'string') {
        name = room;
        room = size - at;
      } else {
        checkOffset(room, 'length', size);
        room = min(room, size - at);
      }
    }
    // An empty name is that of UTF-8 here, as in Node.
    const codec = name ? codecOf(name) : UTF8;
    if (codec === undefined) throw unknownEncoding(name);
    return encoded(this, codec, text, at as number, room as number);
  },

  toJSON(this: Uint8Array) {
    return { type: 'Buffer', data: Array.from(this) };
  },

  subarray(this: Uint8Array<ArrayBuffer>, start?: unknown, end?: unknown) {
    const from = clamped(start, this.length);
    const to = end === undefined ? this.length : clamped(end, this.length);
    return new FastBuffer(this.buffer, this.byteOffset + from, to > from ? to - from : 0);
  },

  slice(this: FastBuffer, start?: unknown, end?: unknown) {
    return this.subarray(start as number, end as number);
  },

  swap16(this: Uint8Array) {
    return swapped(this, 16);
  },

  swap32(this: Uint8Array) {
    return swapped(this, 32);
  },

  swap64(this: Uint8Array) {
    return swapped(this, 64);
  },
};

function part(bytes: Uint8Array, start: number, end: number): Uint8Array {
  return new Uint8Array(bytes.buffer, bytes.byteOffset + start, min(end, bytes.length) - start);
}

/** An argument of Node's native functions. */
function nativeIndex(value: unknown, other: number): number {
  if (value === undefined) return other;
  const index = trunc(toNumber(value)) || 0;
  if (index < 0) throw indexError();
  return index;
}

/** `utf8Slice`, `utf8Write` and their like. */
export function codecMethods(codec: Codec) {
  return {
    slice(this: Uint8Array, start?: unknown, end?: unknown) {
      if (!ArrayBuffer.isView(this)) throw nativeTypeError('argument must be a buffer');
      const from = nativeIndex(start, 0);
      const to = Math.max(nativeIndex(end, this.length), from);
      if (to > this.length) throw indexError();
      return decoded(this, codec, from, to);
    },
    write(this: Uint8Array, text: unknown, offset?: unknown, length?: unknown) {
      if (!ArrayBuffer.isView(this)) throw nativeTypeError('argument must be a buffer');
      if (typeof text !== 'string') throw nativeTypeError('argument must be a string');
      const at = nativeIndex(offset, 0);
      if (at > this.length) throw outOfBounds('offset');
      const room = this.length - at;
      return encoded(this, codec, text, at, min(nativeIndex(length, room), room));
    },
  };
}

/** `Buffer.concat`. */
export function concat(allocate: (size: number) => FastBuffer, list: unknown, length?: unknown): FastBuffer {
  if (!Array.isArray(list)) throw invalidArgument('list', 'an instance of Array', list);
  const items = list as unknown[];
  if (items.length === 0) return new FastBuffer();
  let size = 0;
  if (length === undefined) {
    for (let i = 0; i < items.length; i++) {
      const item = items[i];
      if (!isUint8Array(item)) throw notBytes(`list[${i}]`, item);
      size += item.length;
    }
  } else {
    checkOffset(length, 'length', MAX_LENGTH);
    size = length;
  }
  const bytes = allocate(size);
  let at = 0;
  for (let i = 0; i < items.length; i++) {
    const item = items[i];
    if (!isUint8Array(item)) throw notBytes(`list[${i}]`, item);
    at += copy(item, bytes, at, 0, item.length);
  }
  return bytes;
}
