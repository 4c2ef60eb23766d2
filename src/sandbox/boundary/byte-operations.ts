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
  | 'compare';

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
