import { bytesOf } from '../../boundary/latin1.js';
import { native } from '../kit/native-calls.js';
import { part } from '../kit/parts.js';
import { invalidArgument, outOfRange } from '../../boundary/coded-errors.js';
import { domException } from '../kit/errors.js';

type Callback = (error: unknown, value?: unknown) => void;

/** The largest number of bytes for `getRandomValues`, by the standard. */
const QUOTA = 65_536;
const MAX_SIZE = 2 ** 31 - 1;

/** The part of the buffer that will be filled. */
function target(buffer: unknown, offset: unknown, size: unknown): Uint8Array {
  const bytes = bytesOf(buffer);
  if (bytes === undefined)
    throw invalidArgument('buf', 'an instance of ArrayBuffer, Buffer, TypedArray, or DataView', buffer);
  const unit =
    ArrayBuffer.isView(buffer) && 'BYTES_PER_ELEMENT' in buffer ? Number(buffer.BYTES_PER_ELEMENT) : 1;
  const start = inRange('offset', offset, 0, bytes.length, unit);
  const length = size === undefined ? bytes.length - start : inRange('size', size, 0, MAX_SIZE, unit);
  if (start + length > bytes.length) throw outOfRange('size + offset', `<= ${bytes.length}`, start + length);
  return bytes.subarray(start, start + length);
}

function inRange(name: string, value: unknown, low: number, high: number, unit: number): number {
  if (value === undefined) return low;
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  const bytes = value * unit;
  if (!(bytes >= low && bytes <= high)) throw outOfRange(name, `>= ${low} && <= ${high}`, value);
  return bytes;
}

function fill(bytes: Uint8Array): void {
  native.fast('randomFill', bytes);
}

export function randomFillSync(buffer: unknown, offset?: unknown, size?: unknown): unknown {
  fill(target(buffer, offset, size));
  return buffer;
}

export function randomFill(buffer: unknown, ...rest: unknown[]): void {
  const callback = rest.pop();
  if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
  const bytes = target(buffer, rest[0], rest[1]);
  native.start(
    (error, value) => {
      if (error !== null) return (callback as Callback)(error);
      // A buffer that was transferred or made smaller meanwhile has no place for them any more.
      const [random] = value as [Uint8Array];
      if (bytes.length === random.length) bytes.set(random);
      (callback as Callback)(null, buffer);
    },
    'crypto.later.randomBytes',
    bytes.length,
  );
}

/** The standard's `crypto.getRandomValues`. */
export function fillRandomValues(array: unknown): unknown {
  if (
    !ArrayBuffer.isView(array) ||
    array instanceof DataView ||
    /Float/.test(Object.prototype.toString.call(array))
  )
    throw domException('The data argument must be an integer-type TypedArray', 'TypeMismatchError');
  if (array.byteLength > QUOTA) {
    throw domException(
      `The requested length exceeds ${QUOTA.toLocaleString('en')} bytes`,
      'QuotaExceededError',
    );
  }
  fill(new Uint8Array(array.buffer, array.byteOffset, array.byteLength));
  return array;
}

/** `crypto.randomBytes`, without a callback. */
export function randomBytes(size: unknown): unknown {
  // Node's error for another size.
  if (!isIndex(size) || size > MAX_SIZE) return native.call('crypto.randomBytes', size);
  const bytes = part('buffer').Buffer.alloc(size);
  native.fast('randomFill', bytes);
  return bytes;
}

/** `crypto.randomInt`, without a callback. */
export function randomInt(min: unknown, max: unknown): unknown {
  const [low, high] = max === undefined ? [0, min] : [min, max];
  return Number.isSafeInteger(low) && Number.isSafeInteger(high)
    ? native.fast('randomInt', low as number, high as number)
    : native.call('crypto.randomInt', min, max);
}

export function randomUUID(options: unknown): unknown {
  return options === undefined ? native.fast('randomUUID') : native.call('crypto.randomUUID', options);
}

function isIndex(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0;
}
