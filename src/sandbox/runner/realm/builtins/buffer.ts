import buffer from 'buffer/index.js';
import { isAscii, isUtf8 } from '../ports/buffer-checks.js';

type Bytes = Uint8Array & { toString(encoding?: string, start?: number, end?: number): string };
type BytesConstructor = {
  (value: unknown, encoding?: unknown, length?: unknown): Bytes;
  from(value: unknown, encoding?: unknown, length?: unknown): Bytes;
  isEncoding(name: unknown): boolean;
  byteLength(value: unknown, encoding?: unknown): number;
  readonly prototype: Record<string, (...args: unknown[]) => unknown>;
};

const Buffer = buffer['Buffer'] as BytesConstructor;
const { prototype, isEncoding, byteLength } = Buffer;
const { toString, write, fill, indexOf, lastIndexOf, includes } = prototype as Record<string, (...args: unknown[]) => unknown>;
const isBase64Url = (encoding: unknown) => typeof encoding === 'string' && encoding.toLowerCase() === 'base64url';
/** The port reads both alphabets as `base64`, as Node does. */
const known = (encoding: unknown) => (isBase64Url(encoding) ? 'base64' : encoding);
const from = Buffer.from;

Buffer.isEncoding = (name) => isBase64Url(name) || isEncoding(name);
Buffer.byteLength = (value, encoding) => byteLength(value, known(encoding));
Buffer.from = (value, encoding, length) => from(value, known(encoding), length);
define('toString', function (this: Bytes, ...[encoding, start, end]: unknown[]) {
  if (!isBase64Url(encoding)) return Reflect.apply(toString as never, this, arguments.length === 0 ? [] : [encoding, start, end]);
  const text = Reflect.apply(toString as never, this, ['base64', start, end]) as string;
  return text.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
});
define('write', withKnownEncoding(write));
define('fill', withKnownEncoding(fill));
define('indexOf', withKnownEncoding(indexOf));
define('lastIndexOf', withKnownEncoding(lastIndexOf));
define('includes', withKnownEncoding(includes));

/** An encoding is always the last text among the arguments, and never the first of them. */
function withKnownEncoding(method: unknown) {
  return function (this: unknown, ...args: unknown[]): unknown {
    const mapped = args.map((arg, index) => (index === 0 ? arg : known(arg)));
    return Reflect.apply(method as never, this, mapped);
  };
}

function define(name: string, value: unknown): void {
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true, enumerable: false });
}

/** Latin-1 text to base64. */
function btoa(text: unknown): string {
  const latin1 = String(text);
  for (const character of latin1) {
    if ((character.codePointAt(0) ?? 0) > 0xff) throw invalidCharacter();
  }
  return from(latin1, 'latin1').toString('base64');
}

/** Base64 to Latin-1 text. */
function atob(text: unknown): string {
  const compact = String(text).replaceAll(/[\t\n\f\r ]/g, '');
  const bare = compact.length % 4 === 0 ? compact.replace(/={1,2}$/, '') : compact;
  if (!/^[A-Za-z0-9+/]*$/.test(bare) || bare.length % 4 === 1) throw invalidCharacter();
  return from(bare, 'base64').toString('latin1');
}

function invalidCharacter(): Error {
  return Object.assign(new Error('Invalid character'), { name: 'InvalidCharacterError', code: 5 });
}

export default Object.assign(buffer, { atob, btoa, isAscii, isUtf8, constants: { MAX_LENGTH: buffer['kMaxLength'], MAX_STRING_LENGTH: 536_870_888 }, kStringMaxLength: 536_870_888 });
