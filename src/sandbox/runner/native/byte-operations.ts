import { constants, isAscii, isUtf8 } from 'node:buffer';
import {
  BUFFER_CODECS,
  type BufferCodec,
  type ByteOperation,
  type Primitive,
} from '../../boundary/byte-operations.js';
import { type Argument, bytesOf, countOf, textOf } from './argument.js';
import type { Handles } from './handles.js';
import { TEXT_DECODING } from './text-decoding.js';

/** Gets arguments of unknown type: a script may have sent anything. */
export type ByteFunction = (
  a: Argument,
  b: Argument,
  c: Argument,
  d: Argument,
  e: Argument,
  handles: Handles,
) => Primitive;

type Slice = (start: number, end: number) => string;
type Write = (text: string, offset: number, length: number) => number;

const { apply } = Reflect;

/** Node's methods for each encoding, captured before the first script; its types do not have them. */
const methods = Buffer.prototype as unknown as Readonly<Record<string, Slice & Write>>;

const codecs: Record<string, ByteFunction> = {};
for (const codec of BUFFER_CODECS) {
  const { [`${codec}Slice`]: slice, [`${codec}Write`]: write } = methods;
  if (slice === undefined || write === undefined) throw new TypeError(`Buffer lacks the encoding ${codec}`);
  codecs[`${codec}Slice`] = (bytes, start, end) =>
    apply(slice, bytesOf(bytes), [countOf(start), countOf(end)]);
  codecs[`${codec}Write`] = (bytes, text, offset, length) =>
    apply(write, bytesOf(bytes), [textOf(text), countOf(offset), countOf(length)]);
}

/** The functions that work on lent bytes. None calls back, keeps its arguments, or reads the `buffer` of bytes. */
export const BYTE_OPERATIONS: Readonly<Record<ByteOperation, ByteFunction>> = Object.freeze({
  __proto__: null as never,
  ...(codecs as Record<`${BufferCodec}${'Slice' | 'Write'}`, ByteFunction>),
  ...TEXT_DECODING,
  utf8Length: (text) => Buffer.byteLength(textOf(text)),
  compare: (one, other) => Buffer.compare(bytesOf(one), bytesOf(other)),
  indexOf: (bytes, value, offset, encoding) => bytesOf(bytes).indexOf(...search(value, offset, encoding)),
  lastIndexOf: (bytes, value, offset, encoding) =>
    bytesOf(bytes).lastIndexOf(...search(value, offset, encoding)),
  swap16: (bytes) => bytesOf(bytes).swap16().length > 0,
  swap32: (bytes) => bytesOf(bytes).swap32().length > 0,
  swap64: (bytes) => bytesOf(bytes).swap64().length > 0,
  isUtf8: (bytes) => isUtf8(bytesOf(bytes)),
  isAscii: (bytes) => isAscii(bytesOf(bytes)),
  atob: (text) => atob(textOf(text)),
  maxLength: () => constants.MAX_LENGTH,
});

type Search = [value: string | number | Buffer, offset: number, encoding: BufferEncoding];

function search(value: Argument, offset: Argument, encoding: Argument): Search {
  if (typeof value !== 'number' && typeof value !== 'string') bytesOf(value);
  if (typeof offset !== 'number') throw new TypeError('an offset expected');
  return [value as string, offset, encoding as BufferEncoding];
}
