import { coded, invalidArgument, outOfRange } from '../../boundary/coded-errors.js';

/** The largest integer that Node prints without separators in an error. */
const PLAIN = 2 ** 32;

/** Node's limit for the length of a Buffer. */
export const MAX_LENGTH = environment.lend('maxLength') as number;

/** Writes a number as Node's range errors do: `1_000` for large ones. */
function received(value: unknown): unknown {
  const isLarge =
    typeof value === 'bigint'
      ? value > BigInt(PLAIN) || value < -BigInt(PLAIN)
      : Number.isInteger(value) && Math.abs(value as number) > PLAIN;
  const text = isLarge ? String(value).replaceAll(/\B(?=(?:\d{3})+$)/g, '_') : String(value);
  if (Object.is(value, -0)) return '-0';
  return typeof value === 'bigint' ? `${text}n` : text;
}

export function notInRange(name: string, range: string, value: unknown): Error {
  return outOfRange(name, range, received(value));
}

export function outOfBounds(name?: string): Error {
  const text =
    name === undefined
      ? 'Attempt to access memory outside buffer bounds'
      : `"${name}" is outside of buffer bounds`;
  return coded(new RangeError(text), 'ERR_BUFFER_OUT_OF_BOUNDS');
}

/** The errors of Node's native functions, which name no argument. */
export function nativeTypeError(text: string): Error {
  return coded(new TypeError(text), 'ERR_INVALID_ARG_TYPE');
}

export function indexError(): Error {
  return coded(new RangeError('Index out of range'), 'ERR_OUT_OF_RANGE');
}

export function notBytes(name: string, value: unknown): Error {
  return invalidArgument(name, 'an instance of Buffer or Uint8Array', value);
}

export function checkNumber(value: unknown, name: string): asserts value is number {
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
}

/** Checks a number that need not be an integer. */
export function checkWithin(value: unknown, name: string, max: number): asserts value is number {
  checkNumber(value, name);
  if (!(value >= 0 && value <= max)) throw notInRange(name, `>= 0 && <= ${max}`, value);
}

/** Checks an integer that is an offset or a length. */
export function checkOffset(value: unknown, name: string, max = MAX_LENGTH): asserts value is number {
  checkNumber(value, name);
  if (!Number.isInteger(value)) throw notInRange(name, 'an integer', value);
  if (value < 0 || value > max) throw notInRange(name, `>= 0 && <= ${max}`, value);
}
