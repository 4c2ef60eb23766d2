import { BUFFER_CODECS } from '../../boundary/byte-operations.js';
import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { POOL_SIZE, allocate, checkSize, from } from '../buffer/allocate.js';
import { MAX_LENGTH, checkNumber, checkOffset, notBytes } from '../buffer/checks.js';
import { UTF8, codecOf } from '../buffer/codecs.js';
import { FastBuffer, isAnyArrayBuffer, isTypedArray, isUint8Array } from '../buffer/fast-buffer.js';
import { fill } from '../buffer/fill.js';
import { INSPECT_MAX_BYTES, codecMethods, compareBytes, concat, methods } from '../buffer/methods.js';
import { defineNumberMethods } from '../buffer/numbers.js';
import { transcode } from '../buffer/transcode.js';
import { define, defineAccessor, defineHidden, named } from '../kit/define.js';
import { domException, missingArguments } from '../kit/errors.js';
import { lazily } from '../kit/lazily.js';
import { part } from '../kit/parts.js';
import { toText } from '../kit/conversions.js';

const { lend } = environment;

/** The length of the longest string of V8. */
const MAX_STRING_LENGTH = 536_870_888;

function Buffer(value: unknown, encodingOrOffset?: unknown, length?: unknown): FastBuffer {
  if (typeof value !== 'number') return from(value, encodingOrOffset, length);
  if (typeof encodingOrOffset === 'string') throw invalidArgument('string', 'of type string', value);
  return statics.alloc(value);
}

/** Plain functions, as Node's own are: packages call some of them with `new`. */
const statics = {
  poolSize: POOL_SIZE,

  from: function from_(value: unknown, encodingOrOffset?: unknown, length?: unknown): FastBuffer {
    return from(value, encodingOrOffset, length);
  },

  copyBytesFrom: function copyBytesFrom(view: unknown, offset?: unknown, length?: unknown): FastBuffer {
    if (!isTypedArray(view)) throw invalidArgument('view', 'an instance of TypedArray', view);
    const max = Number.MAX_SAFE_INTEGER;
    if (offset !== undefined) checkOffset(offset, 'offset', max);
    if (length !== undefined) checkOffset(length, 'length', max);
    const start = offset ?? 0;
    const { buffer, byteOffset, byteLength } = view.subarray(
      start,
      length === undefined ? view.length : start + length,
    );
    const bytes = new FastBuffer(byteLength);
    bytes.set(new Uint8Array(buffer, byteOffset, byteLength));
    return bytes;
  },

  of: function of(...numbers: number[]): FastBuffer {
    const bytes = allocate(numbers.length);
    for (let i = 0; i < numbers.length; i++) bytes[i] = numbers[i] as number;
    return bytes;
  },

  alloc: function alloc(size: unknown, value?: unknown, encoding?: unknown): FastBuffer {
    checkSize(size);
    const bytes = new FastBuffer(size);
    return value === undefined || value === 0 || size <= 0
      ? bytes
      : fill(bytes, value, 0, bytes.length, encoding);
  },

  allocUnsafe: function allocUnsafe(size: unknown): FastBuffer {
    checkSize(size);
    return allocate(size);
  },

  allocUnsafeSlow: function allocUnsafeSlow(size: unknown): FastBuffer {
    checkSize(size);
    return new FastBuffer(size);
  },

  isBuffer: function isBuffer(value: unknown): boolean {
    return value instanceof (Buffer as never);
  },

  compare: function compare(one: unknown, other: unknown): number {
    if (!isUint8Array(one)) throw notBytes('buf1', one);
    if (!isUint8Array(other)) throw notBytes('buf2', other);
    return one === other ? 0 : compareBytes(one, other);
  },

  isEncoding: function isEncoding(name: unknown): boolean {
    return typeof name === 'string' && name !== '' && codecOf(name) !== undefined;
  },

  concat: function concat_(list: unknown, length?: unknown): FastBuffer {
    return concat(allocate, list, length);
  },

  byteLength: function byteLength(value: unknown, encoding?: unknown): number {
    if (typeof value === 'string') return (codecOf(encoding || 'utf8') ?? UTF8).sizeOf(value);
    if (ArrayBuffer.isView(value) || isAnyArrayBuffer(value)) return value.byteLength;
    throw invalidArgument('string', 'of type string or an instance of Buffer or ArrayBuffer', value);
  },
};
named('Buffer', Buffer);
named('from', statics.from);
named('concat', statics.concat);

Object.setPrototypeOf(Buffer, Uint8Array);
defineAccessor(Buffer, Symbol.species, { get: () => FastBuffer });
Buffer.prototype = FastBuffer.prototype;
Object.assign(Buffer, statics);

const { prototype } = FastBuffer;
defineHidden(prototype, 'constructor', Buffer);
defineNumberMethods(prototype);
for (const name of BUFFER_CODECS) {
  const codec = codecOf(name) ?? UTF8;
  const { slice, write } = codecMethods(codec);
  define(prototype, codec.slice, named(codec.slice, slice));
  define(prototype, codec.write, named(codec.write, write));
}
for (const [name, key] of [
  ['parent', 'buffer'],
  ['offset', 'byteOffset'],
] as const) {
  const get = function (this: unknown): unknown {
    return this instanceof FastBuffer ? this[key] : undefined;
  };
  defineAccessor(prototype, name, { get }, true, false);
}
Object.assign(prototype, methods);
define(prototype, 'toLocaleString', methods.toString);

type Inspect = (value: unknown, options: object) => string;

/** The keys of a longer Buffer are not listed for the few that are not indexes. */
const MAX_LISTED = 4096;

function inspect(this: FastBuffer, _depth: unknown, options?: object): string {
  const max = Math.min(buffer.INSPECT_MAX_BYTES, this.length);
  const shown = Array.from(this.subarray(0, max), (byte) => byte.toString(16).padStart(2, '0'));
  const more = this.length - max;
  if (more > 0) shown.push(`... ${more} more byte${more > 1 ? 's' : ''}`);
  const fields = options === undefined || this.length > MAX_LISTED ? '' : fieldsOf(this, options);
  return `<${this.constructor.name} ${shown.join(' ')}${fields !== '' && this.length > 0 ? ', ' : ''}${fields}>`;
}

/** The properties that a script has put on a Buffer, as `inspect` shows them. */
function fieldsOf(bytes: FastBuffer, options: object): string {
  const fields: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(bytes).slice(bytes.length)) fields[key] = value;
  if (Object.keys(fields).length === 0) return '';
  const inspectValue = part('inspect').inspect as Inspect;
  return inspectValue(fields, { ...options, breakLength: Infinity, compact: true }).slice(2, -2);
}
define(prototype, Symbol.for('nodejs.util.inspect.custom'), inspect);
define(prototype, 'inspect', inspect);

function bytesFor(input: unknown): Uint8Array {
  if (isAnyArrayBuffer(input)) return new Uint8Array(input);
  if (isTypedArray(input)) return input;
  throw invalidArgument('input', 'an instance of ArrayBuffer, Buffer, or TypedArray', input);
}

function encodingCheck(name: 'isUtf8' | 'isAscii') {
  return named(name, (input: unknown): boolean => {
    const result = lend(name, bytesFor(input));
    if (typeof result === 'boolean') return result;
    throw coded(new Error('Invalid state: Cannot validate on a detached buffer'), 'ERR_INVALID_STATE');
  });
}

function btoa(...args: unknown[]): string {
  if (args.length === 0) throw missingArguments('input');
  const text = toText(args[0]);
  if (/[^\0-\u00FF]/.test(text)) throw domException('Invalid character', 'InvalidCharacterError');
  return methods.toString.call(from(text, 'latin1'), 'base64');
}

function atob(...args: unknown[]): string {
  if (args.length === 0) throw missingArguments('input');
  const text = toText(args[0]);
  const result = lend('atob', text);
  if (typeof result === 'string') return result;
  throw domException(
    isTooShort(text.replaceAll(/[\t\n\f\r ]/g, ''))
      ? 'The string to be decoded is not correctly encoded.'
      : 'Invalid character',
    'InvalidCharacterError',
  );
}

/** Whether base64 that does not decode has only valid characters, and one too few. */
function isTooShort(base64: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(base64) && base64.replaceAll('=', '').length % 4 === 1;
}

function SlowBuffer(length: unknown): FastBuffer {
  checkNumber(length, 'length');
  return statics.allocUnsafeSlow(length);
}
Object.setPrototypeOf(SlowBuffer, Uint8Array);
SlowBuffer.prototype = prototype;

const buffer = {
  Buffer,
  SlowBuffer,
  transcode: (source: unknown, before: unknown, after: unknown) => transcode(source, before, after),
  isUtf8: encodingCheck('isUtf8'),
  isAscii: encodingCheck('isAscii'),
  kMaxLength: MAX_LENGTH,
  kStringMaxLength: MAX_STRING_LENGTH,
  btoa,
  atob,
  constants: { MAX_LENGTH, MAX_STRING_LENGTH },
  INSPECT_MAX_BYTES,
  resolveObjectURL: () => undefined,
};
lazily(buffer, ['Blob', 'File'], (name) => part('blob')[name as 'Blob' | 'File']);

export default buffer;
