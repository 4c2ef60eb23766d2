import buffer from 'buffer/index.js';
import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { atob, btoa } from '../web/base64.js';
import { addMissing, isAscii, isUtf8, transcode } from './ports/buffer-additions.js';
import { defineHidden } from '../kit/define.js';
import { unknownEncoding } from '../kit/errors.js';
import { lazily } from '../kit/lazily.js';
import { part } from '../kit/parts.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;

interface BufferConstructor extends Record<string, unknown> {
  from: (value: unknown, encoding?: unknown, length?: unknown) => Uint8Array;
  isEncoding: (name: unknown) => boolean;
  byteLength: (value: unknown, encoding?: unknown) => number;
  compare: (a: unknown, b: unknown) => number;
  readonly prototype: Record<string, Method>;
}

/** The length of the longest string of V8. */
const MAX_STRING_LENGTH = 536_870_888;

const Buffer = buffer['Buffer'] as BufferConstructor;
const { prototype, from, isEncoding, byteLength, compare } = Buffer;
const { toString } = prototype as { toString: Method };

const isBase64Url = (encoding: unknown) =>
  typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
/** The port decodes both alphabets as `base64`, as Node does; only encoding differs. */
const known = (encoding: unknown) => (isBase64Url(encoding) ? 'base64' : encoding);

Buffer.isEncoding = (name) => isBase64Url(name) || isEncoding(name);
Buffer.byteLength = (value, encoding) => byteLength(value, known(encoding));
Buffer.from = (value, encoding, length) => {
  if (
    typeof value === 'string' &&
    typeof encoding === 'string' &&
    !Buffer.isEncoding(encoding) &&
    encoding !== ''
  ) {
    throw unknownEncoding(encoding);
  }
  if (value === null || !['string', 'object', 'function'].includes(typeof value)) {
    throw invalidArgument(
      'first argument',
      'of type string or an instance of Buffer, ArrayBuffer, or Array or an Array-like Object',
      value,
    );
  }
  return from(value, known(encoding), length);
};
// The mark by which packages recognize the port.
delete Buffer['TYPED_ARRAY_SUPPORT'];
for (const name of ['alloc', 'allocUnsafe', 'allocUnsafeSlow'])
  Buffer[name] = checkingSize(Buffer[name] as Method);

defineHidden(prototype, 'toString', function (this: unknown, ...args: unknown[]) {
  if (!isBase64Url(args[0])) return Reflect.apply(toString, this, args);
  const text = Reflect.apply(toString, this, ['base64', ...args.slice(1)]) as string;
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
});
defineHidden(prototype, 'equals', function (this: unknown, other: unknown) {
  if (!(other instanceof Uint8Array))
    throw invalidArgument('otherBuffer', 'an instance of Buffer or Uint8Array', other);
  return compare(this, other) === 0;
});
for (const name of ['write', 'fill', 'indexOf', 'lastIndexOf', 'includes']) {
  const method = prototype[name];
  if (method !== undefined) defineHidden(prototype, name, withKnownEncoding(method));
}

function checkingSize(allocate: Method): Method {
  // A plain function, as Node's own is: form-data calls it with `new`.
  return function (...args) {
    const [size] = args;
    if (typeof size !== 'number') throw invalidArgument('size', 'of type number', size);
    if (!(size >= 0 && size <= (buffer['kMaxLength'] as number))) {
      throw coded(
        new RangeError(`The value of "size" is out of range. Received ${size}`),
        'ERR_OUT_OF_RANGE',
      );
    }
    return Reflect.apply(allocate, Buffer, args);
  };
}

/** The encoding is a text after the first argument. */
function withKnownEncoding(method: Method): Method {
  return function (...args) {
    const mapped = args.map((arg, index) => (index === 0 ? arg : known(arg)));
    return Reflect.apply(method, this, mapped);
  };
}

addMissing(Buffer);
lazily(buffer, ['Blob', 'File'], (name) => part('blob')[name as 'Blob' | 'File']);

export default Object.assign(buffer, {
  transcode: (source: unknown, before: string, after: string) => transcode(Buffer, source, before, after),
  resolveObjectURL: () => undefined,
  atob: (text: unknown) => atob(text, Buffer),
  btoa: (text: unknown) => btoa(text, Buffer),
  isAscii,
  isUtf8,
  constants: { MAX_LENGTH: buffer['kMaxLength'], MAX_STRING_LENGTH },
  kStringMaxLength: MAX_STRING_LENGTH,
});
