import { coded, invalidArgument } from '../../../boundary/coded-errors.js';
import { bytesOf } from '../../../boundary/latin1.js';
import { defineHidden } from '../../kit/define.js';
import { part } from '../../kit/parts.js';

type Method = (this: unknown, ...args: unknown[]) => unknown;
interface BufferClass extends Record<string, unknown> {
  readonly prototype: Record<string, Method>;
  from(value: unknown, ...rest: unknown[]): Uint8Array;
}

const ENCODINGS = ['ascii', 'base64', 'base64url', 'latin1', 'hex', 'ucs2', 'utf8'];
const NUMBER_METHOD = /^(?:read|write)(?:U?Int|Float|Double|Big)/;
const KNOWN_TO_TRANSCODE = /^(?:utf-?8|ucs-?2|utf-?16le|latin1|binary|ascii)$/i;

/** Adds the methods of Node's Buffer that the port lacks. */
export function addMissing(Buffer: BufferClass): void {
  const { prototype } = Buffer;
  const { toString, write } = prototype as { toString: Method; write: Method };
  const add = (name: string, value: Method) => defineHidden(prototype, name, value);

  for (const encoding of ENCODINGS) {
    add(`${encoding}Slice`, function (start, end) {
      return Reflect.apply(toString, this, [encoding, start, end]);
    });
    add(`${encoding}Write`, function (text, offset = 0, length?) {
      const room = (this as Uint8Array).length - Number(offset);
      return Reflect.apply(write, this, [text, offset, length ?? room, encoding]);
    });
  }
  for (const name of Object.keys(prototype)) if (NUMBER_METHOD.test(name)) withCode(prototype, name);
  for (const name of ['readBigUInt64LE', 'readBigUInt64BE', 'writeBigUInt64LE', 'writeBigUInt64BE']) {
    const method = prototype[name];
    if (method !== undefined) add(name.replace('UInt', 'Uint'), method);
  }
  Buffer['copyBytesFrom'] = (view: unknown, offset = 0, length?: number) => {
    if (!ArrayBuffer.isView(view)) throw invalidArgument('view', 'an instance of TypedArray', view);
    const copied = (view as Uint8Array).subarray(offset, length === undefined ? undefined : offset + length);
    return Buffer.from(new Uint8Array(copied.buffer, copied.byteOffset, copied.byteLength).slice().buffer);
  };
}

/** Gives the error of an access past the end Node's code. */
function withCode(prototype: Record<string, Method>, name: string): void {
  const method = prototype[name] as Method;
  const bytes = /8/.test(name) ? 1 : /16/.test(name) ? 2 : /64|Double/.test(name) ? 8 : 4;
  prototype[name] = function (...args) {
    try {
      return Reflect.apply(method, this, args);
    } catch (error) {
      if (error instanceof RangeError && !('code' in error)) {
        const isShort = (this as Uint8Array).length < bytes;
        throw coded(error, isShort ? 'ERR_BUFFER_OUT_OF_BOUNDS' : 'ERR_OUT_OF_RANGE');
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
    throw Object.assign(
      coded(new Error('Unable to transcode Buffer [U_ILLEGAL_ARGUMENT_ERROR]'), 'U_ILLEGAL_ARGUMENT_ERROR'),
      { errno: 1 },
    );
  }
  const text = Reflect.apply(Buffer.prototype['toString'] as Method, Buffer.from(source), [from]) as string;
  const isNarrow = /^(?:latin1|binary|ascii)$/i.test(to);
  const limit = /^ascii$/i.test(to) ? 0x7f : 0xff;
  // A question mark stands for a character that the target lacks.
  const known = isNarrow
    ? Array.from(text, (sign) => ((sign.codePointAt(0) ?? 0) > limit ? '?' : sign)).join('')
    : text;
  return Buffer.from(known, to);
}

/** Whether all bytes are ASCII. */
export function isAscii(value: ArrayBuffer | ArrayBufferView): boolean {
  return viewOf(value).every((byte) => byte < 0x80);
}

/** Whether the bytes are valid UTF-8. */
export function isUtf8(value: ArrayBuffer | ArrayBufferView): boolean {
  try {
    new (part('text-coding').TextDecoder)('utf-8', { fatal: true }).decode(viewOf(value));
    return true;
  } catch {
    return false;
  }
}

function viewOf(value: ArrayBuffer | ArrayBufferView): Uint8Array {
  return bytesOf(value) ?? new Uint8Array(value as ArrayBuffer);
}
