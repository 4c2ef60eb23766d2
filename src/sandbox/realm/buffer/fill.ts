import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { unknownEncoding } from '../kit/errors.js';
import { part } from '../kit/parts.js';
import { fromText } from './allocate.js';
import { MAX_LENGTH, checkNumber, checkWithin, outOfBounds } from './checks.js';
import { UTF8, codecOf } from './codecs.js';
import { type FastBuffer, isUint8Array } from './fast-buffer.js';

/** Most characters of a value in an error. */
const MAX_SHOWN = 128;

/** `Buffer.prototype.fill`: `offset` and `end` may be left out, and the encoding takes the place of the first that is. */
export function fill<T extends FastBuffer>(
  bytes: T,
  value: unknown,
  offset?: unknown,
  end?: unknown,
  encoding?: unknown,
): T {
  const isText = typeof value === 'string';
  let from = offset;
  let to = end;
  let pattern: unknown = value;
  if (isText) {
    let name = encoding;
    if (from === undefined || typeof from === 'string') {
      name = from;
      from = undefined;
    } else if (typeof to === 'string') {
      name = to;
      to = undefined;
    }
    const codec = name === undefined ? UTF8 : codecOf(name);
    if (codec === undefined) {
      if (typeof name !== 'string') throw invalidArgument('encoding', 'of type string', name);
      throw unknownEncoding(name);
    }
    pattern = value === '' ? 0 : fromText(value, codec);
  }
  if (from === undefined) {
    from = 0;
    to = bytes.length;
  } else {
    checkWithin(from, 'offset', MAX_LENGTH);
    if (to === undefined) to = bytes.length;
    else checkWithin(to, 'end', bytes.length);
    if (from >= (to as number)) return bytes;
  }
  checkNumber(from, 'offset');
  fillWith(bytes, value, pattern, from, to as number);
  return bytes;
}

function fillWith(bytes: FastBuffer, value: unknown, pattern: unknown, from: number, to: number): void {
  if (!isUint8Array(pattern)) {
    if (from > to || to > bytes.byteLength) throw outOfBounds();
    // A number, or whatever becomes one, of which the low byte counts.
    Uint8Array.prototype.fill.call(bytes, Number(pattern) & 0xff, from, to);
    return;
  }
  if (from >= to) return;
  if (pattern.length === 0) throw invalidValue('value', value);
  const size = Math.min(pattern.length, to - from);
  bytes.set(size === pattern.length ? pattern : pattern.subarray(0, size), from);
  // What is filled doubles with each copy.
  for (let done = size; done < to - from; done *= 2)
    bytes.copyWithin(from + done, from, from + Math.min(done, to - from - done));
}

function invalidValue(name: string, value: unknown): Error {
  const whole = part('inspect').inspect(value);
  const shown = whole.length > MAX_SHOWN ? `${whole.slice(0, MAX_SHOWN)}...` : whole;
  return coded(
    new TypeError(`The argument '${name}' is invalid. Received ${shown}`),
    'ERR_INVALID_ARG_VALUE',
  );
}
