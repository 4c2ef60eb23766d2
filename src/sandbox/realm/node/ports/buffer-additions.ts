import { invalidArgument } from '../../../boundary/module-errors.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface BufferClass extends Record<string, unknown> {
  readonly prototype: Record<string, Method>;
  from(value: unknown, ...rest: unknown[]): Uint8Array;
}

const ENCODINGS = ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8'];
const NUMBER_METHOD = /^(?:read|write)(?:U?Int|Float|Double|Big)/;
const KNOWN_TO_TRANSCODE = /^(?:utf-?8|ucs-?2|utf-?16le|latin1|binary|ascii)$/i;

/** What Node's Buffer has and the port has not. */
export function addMissing(Buffer: BufferClass): void {
  const { prototype } = Buffer;
  const { toString, write } = prototype as { toString: Method; write: Method };
  const define = (name: string, value: Method) =>
    Object.defineProperty(prototype, name, { value, writable: true, configurable: true });

  for (const encoding of ENCODINGS) {
    define(`${encoding}Slice`, function (start, end) {
      return Reflect.apply(toString, this, [encoding, start, end]);
    });
    define(`${encoding}Write`, function (text, offset = 0, length?) {
      const room = (this as Uint8Array).length - Number(offset);
      return Reflect.apply(write, this, [text, offset, length ?? room, encoding]);
    });
  }
  for (const name of Object.keys(prototype)) if (NUMBER_METHOD.test(name)) withCode(prototype, name);
  for (const name of ['readBigUInt64LE', 'readBigUInt64BE', 'writeBigUInt64LE', 'writeBigUInt64BE']) {
    const method = prototype[name];
    if (method !== undefined) define(name.replace('UInt', 'Uint'), method);
  }
  Buffer['copyBytesFrom'] = (view: unknown, offset = 0, length?: number) => {
    if (!ArrayBuffer.isView(view)) throw invalidArgument('view', 'an instance of TypedArray', view);
    const part = (view as Uint8Array).subarray(offset, length === undefined ? undefined : offset + length);
    return Buffer.from(new Uint8Array(part.buffer, part.byteOffset, part.byteLength).slice().buffer);
  };
}

/** Node's codes for what is read or written past the end. */
function withCode(prototype: Record<string, Method>, name: string): void {
  const method = prototype[name] as Method;
  const bytes = /8/.test(name) ? 1 : /16/.test(name) ? 2 : /64|Double/.test(name) ? 8 : 4;
  prototype[name] = function (...args) {
    try {
      return Reflect.apply(method, this, args);
    } catch (error) {
      if (error instanceof RangeError && !('code' in error)) {
        const isShort = (this as Uint8Array).length < bytes;
        Object.assign(error, { code: isShort ? 'ERR_BUFFER_OUT_OF_BOUNDS' : 'ERR_OUT_OF_RANGE' });
      }
      throw error;
    }
  };
}

/** Node's `buffer.transcode`, between the encodings that it knows. */
export function transcode(Buffer: BufferClass, source: unknown, from: string, to: string): unknown {
  if (!(source instanceof Uint8Array))
    throw invalidArgument('source', 'an instance of Buffer or Uint8Array', source);
  if (!KNOWN_TO_TRANSCODE.test(from) || !KNOWN_TO_TRANSCODE.test(to)) {
    throw Object.assign(new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]'), {
      code: 'U_ILLEGAL_ARGUMENT_ERROR',
      errno: 1,
    });
  }
  const text = Reflect.apply(Buffer.prototype['toString'] as Method, Buffer.from(source), [from]) as string;
  const isNarrow = /^(?:latin1|binary|ascii)$/i.test(to);
  const limit = /^ascii$/i.test(to) ? 0x7f : 0xff;
  // One sign for what the target does not have.
  const known = isNarrow
    ? Array.from(text, (sign) => ((sign.codePointAt(0) ?? 0) > limit ? '?' : sign)).join('')
    : text;
  return Buffer.from(known, to);
}
