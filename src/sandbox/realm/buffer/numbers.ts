import { invalidArgument } from '../../boundary/coded-errors.js';
import { define, named } from '../kit/define.js';
import { checkNumber, notInRange, outOfBounds } from './checks.js';
import { toNumber } from '../kit/conversions.js';

/** Writes or reads at most this many bytes as one number; what is more is a bigint. */
const MAX_BYTES = 6;
const MASK_64 = 0xffff_ffff_ffff_ffffn;

const floats = new Float32Array(1);
const floatBytes = new Uint8Array(floats.buffer);
const doubles = new Float64Array(1);
const doubleBytes = new Uint8Array(doubles.buffer);
const signedLongs = new BigInt64Array(doubles.buffer);
const longs = new BigUint64Array(doubles.buffer);

type Method = (this: Uint8Array, ...args: never[]) => unknown;

/** The error for an offset, or another number, that is not one of 0 (or 1) to `max`. */
function notWithin(value: unknown, max: number, name = 'offset'): Error {
  checkNumber(value, name);
  if (Math.floor(value) !== value) return notInRange(name, 'an integer', value);
  if (max < 0) return outOfBounds();
  return notInRange(name, `>= ${name === 'offset' ? 0 : 1} and <= ${max}`, value);
}

/** @throws TypeError or RangeError unless the bytes have `size` of them from `offset` on */
function checkPlace(bytes: Uint8Array, offset: unknown, size: number): asserts offset is number {
  checkNumber(offset, 'offset');
  if (bytes[offset] === undefined || bytes[offset + size - 1] === undefined)
    throw notWithin(offset, bytes.length - size);
}

function checkSize(size: unknown): asserts size is number {
  if (!(size === 1 || size === 2 || size === 3 || size === 4 || size === 5 || size === MAX_BYTES))
    throw notWithin(size, MAX_BYTES, 'byteLength');
}

function readUnsigned(bytes: Uint8Array, offset: number, size: number, little: boolean): number {
  let value = 0;
  for (let i = 0; i < size; i++)
    value = value * 256 + (bytes[little ? offset + size - 1 - i : offset + i] as number);
  return value;
}

function read(bytes: Uint8Array, offset: unknown, size: number, signed: boolean, little: boolean): number {
  checkPlace(bytes, offset, size);
  const value = readUnsigned(bytes, offset, size, little);
  return signed && value >= 2 ** (8 * size - 1) ? value - 2 ** (8 * size) : value;
}

function rangeOf(size: number, signed: boolean): { readonly min: number; readonly max: number } {
  const bits = 8 * size;
  return signed ? { min: -(2 ** (bits - 1)), max: 2 ** (bits - 1) - 1 } : { min: 0, max: 2 ** bits - 1 };
}

/** Large ranges are written as powers of two. */
function rangeText(size: number, signed: boolean): string {
  const bits = 8 * size;
  if (size <= 4) {
    const { min, max } = rangeOf(size, signed);
    return `>= ${min} and <= ${max}`;
  }
  const n = size === 8 ? 'n' : '';
  return signed
    ? `>= -(2${n} ** ${bits - 1}${n}) and < 2${n} ** ${bits - 1}${n}`
    : `>= 0${n} and < 2${n} ** ${bits}${n}`;
}

function write(
  bytes: Uint8Array,
  given: unknown,
  offset: unknown,
  size: number,
  signed: boolean,
  little: boolean,
): number {
  const value = toNumber(given);
  const { min, max } = rangeOf(size, signed);
  if (size === 1) checkNumber(offset, 'offset');
  if (value > max || value < min) throw notInRange('value', rangeText(size, signed), value);
  checkPlace(bytes, offset, size);
  // As two halves of 32 bits: a number may have a fraction, which the two lose in different ways.
  const low = value >>> 0;
  const high = Math.floor(value * 2 ** -32);
  for (let i = 0; i < size; i++)
    bytes[little ? offset + i : offset + size - 1 - i] = i < 4 ? low >>> (8 * i) : high >>> (8 * (i - 4));
  return offset + size;
}

/** Copies between a Buffer and the bytes that a typed array of one number has: these are little-endian on every machine of ours. */
function load(bytes: Uint8Array, offset: unknown, scratch: Uint8Array, little: boolean): void {
  const size = scratch.length;
  checkPlace(bytes, offset, size);
  for (let i = 0; i < size; i++) scratch[little ? i : size - 1 - i] = bytes[offset + i] as number;
}

function store(bytes: Uint8Array, offset: unknown, scratch: Uint8Array, little: boolean): number {
  const size = scratch.length;
  for (let i = 0; i < size; i++) bytes[(offset as number) + i] = scratch[little ? i : size - 1 - i] as number;
  return (offset as number) + size;
}

function writeLong(
  bytes: Uint8Array,
  value: bigint,
  offset: unknown,
  signed: boolean,
  little: boolean,
): number {
  const [min, max] = signed ? [-(2n ** 63n), 2n ** 63n - 1n] : [0n, MASK_64];
  if (value > max || value < min) throw notInRange('value', rangeText(8, signed), value);
  checkPlace(bytes, offset, 8);
  longs[0] = value & MASK_64;
  return store(bytes, offset, doubleBytes, little);
}

/** Defines Node's methods that read and write numbers. */
export function defineNumberMethods(prototype: object): void {
  const add = (name: string, method: Method): void => {
    define(prototype, name, named(name, method));
    // Each has a second name.
    if (name.includes('UInt')) define(prototype, name.replace('UInt', 'Uint'), method);
  };

  for (const [order, little] of [
    ['LE', true],
    ['BE', false],
  ] as const) {
    for (const [kind, signed] of [
      ['UInt', false],
      ['Int', true],
    ] as const) {
      add(`readBig${kind}64${order}`, function (offset: unknown = 0) {
        load(this, offset, doubleBytes, little);
        return (signed ? signedLongs : longs)[0];
      });
      add(`writeBig${kind}64${order}`, function (value: bigint, offset: unknown = 0) {
        return writeLong(this, value, offset, signed, little);
      });
      add(`read${kind}${order}`, function (offset: unknown, byteLength: unknown) {
        if (offset === undefined) throw invalidArgument('offset', 'of type number', offset);
        checkSize(byteLength);
        return read(this, offset, byteLength, signed, little);
      });
      add(`write${kind}${order}`, function (value: unknown, offset: unknown, byteLength: unknown) {
        checkSize(byteLength);
        return write(this, value, offset, byteLength, signed, little);
      });
      for (const size of [4, 2]) {
        add(`read${kind}${8 * size}${order}`, function (offset: unknown = 0) {
          return read(this, offset, size, signed, little);
        });
        add(`write${kind}${8 * size}${order}`, function (value: unknown, offset: unknown = 0) {
          return write(this, value, offset, size, signed, little);
        });
      }
      if (!little) continue;
      add(`read${kind}8`, function (offset: unknown = 0) {
        return read(this, offset, 1, signed, true);
      });
      add(`write${kind}8`, function (value: unknown, offset: unknown = 0) {
        return write(this, value, offset, 1, signed, true);
      });
    }
    for (const [kind, numbers, scratch] of [
      ['Float', floats, floatBytes],
      ['Double', doubles, doubleBytes],
    ] as const) {
      add(`read${kind}${order}`, function (offset: unknown = 0) {
        load(this, offset, scratch, little);
        return numbers[0];
      });
      add(`write${kind}${order}`, function (value: unknown, offset: unknown = 0) {
        const number = toNumber(value);
        checkPlace(this, offset, scratch.length);
        numbers[0] = number;
        return store(this, offset, scratch, little);
      });
    }
  }
}
