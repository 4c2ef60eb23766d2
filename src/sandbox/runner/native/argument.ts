import type { Primitive } from '../../boundary/byte-operations.js';
import { borrow } from './borrow.js';

/** An argument as an operation gets it: a typed array of the realm has become a Buffer, for this call only. */
export type Argument = Primitive | Buffer;

/** @throws TypeError for an object that is not a typed array */
export function argument(given: unknown): Argument {
  return (typeof given === 'object' && given !== null) || typeof given === 'function'
    ? borrow(given)
    : (given as Primitive);
}

export function bytesOf(value: Argument): Buffer {
  if (typeof value !== 'object' || value === null) throw new TypeError('bytes expected');
  return value;
}

export function textOf(value: Argument): string {
  if (typeof value !== 'string') throw new TypeError('a text expected');
  return value;
}

/** An index or a number of bytes. */
export function countOf(value: Argument): number {
  if (typeof value !== 'number' || !(value >= 0)) throw new TypeError('a number of bytes expected');
  return value;
}
