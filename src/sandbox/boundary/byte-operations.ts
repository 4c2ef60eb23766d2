import type { LentOperation } from './lent-operations.js';

/**
 * Calls of Node's own functions on bytes. A realm lends a typed array of its own for one call; the runner reads and writes its
 * memory in place (`runner/native/borrow.ts`), so bytes cost a copy at most. Everything else that crosses is a primitive.
 */

export type Primitive = undefined | null | boolean | number | bigint | string;

/** What a realm may pass: a primitive, or a typed array that is lent until the call returns. */
export type Lendable = Primitive | Uint8Array;

/** The encodings of `Buffer`, by the names of the methods that Node has for each of them. */
export const BUFFER_CODECS = ['ascii', 'base64', 'base64url', 'hex', 'latin1', 'ucs2', 'utf8'] as const;

export type BufferCodec = (typeof BUFFER_CODECS)[number];

/** The name of a call. */
export type ByteOperation =
  /** (bytes, start, end): the text that the bytes encode. */
  | `${BufferCodec}Slice`
  /** (bytes, text, offset, length): writes at most `length` bytes of the text; returns how many. */
  | `${BufferCodec}Write`
  /** (text): the bytes of the text in UTF-8. */
  | 'utf8Length'
  /** (bytes, bytes): -1, 0 or 1. */
  | 'compare'
  /** (bytes, bytes or text or number, offset, encoding): the index, or -1. */
  | 'indexOf'
  | 'lastIndexOf'
  /** (bytes): reverses each group of bytes in place; returns true. */
  | 'swap16'
  | 'swap32'
  | 'swap64'
  /** (bytes): whether they are text in the encoding. */
  | 'isUtf8'
  | 'isAscii'
  /** (bytes, text, two 32-bit numbers): writes whole characters, and then how much it has read and written. */
  | 'encodeInto'
  /** (base64): Latin-1 text. */
  | 'atob'
  /** (label): the name of the encoding that `TextDecoder` has under it. */
  | 'encodingName'
  /** (bytes, encoding, {@link DecoderFlags}): the text of complete input. */
  | 'decode'
  /** (bytes, handle, whether more bytes follow): the text of a part of the input. */
  | 'decodePart'
  /** (): Node's limit for the length of a Buffer. */
  | 'maxLength';

/** The options of a `TextDecoder`, added up. */
export const DecoderFlags = { fatal: 1, ignoreBOM: 2 } as const;

/**
 * Calls an operation. The result is undefined if the arguments were not those of the operation, or if Node threw an error:
 * that of a {@link LentOperation} is kept for `failure`. The call throws only on a full stack.
 */
export type CallWithBytes = (
  operation: ByteOperation | LentOperation,
  a?: Lendable,
  b?: Lendable,
  c?: Lendable,
  d?: Lendable,
  e?: Lendable,
) => Primitive;
