import type { BufferCodec } from '../../boundary/byte-operations.js';
import { coded } from '../../boundary/coded-errors.js';
import { nativeTypeError } from './checks.js';
import { toText } from '../kit/conversions.js';

const { lend } = environment;

/** An encoding of `Buffer`. */
export interface Codec {
  readonly name: BufferCodec;
  readonly slice: `${BufferCodec}Slice`;
  readonly write: `${BufferCodec}Write`;
  /** How many bytes the text may need; base64 and hex texts that are not valid need fewer. */
  readonly sizeOf: (text: string) => number;
}

const PADDING = 61;

function base64Size(text: string): number {
  let characters = text.length;
  if (text.charCodeAt(characters - 1) === PADDING) characters -= 1;
  if (characters > 1 && text.charCodeAt(characters - 1) === PADDING) characters -= 1;
  return Math.floor((characters * 3) / 4);
}

const sizes: Readonly<Record<BufferCodec, (text: string) => number>> = {
  utf8: (text) => lend('utf8Length', text) as number,
  ucs2: (text) => text.length * 2,
  latin1: (text) => text.length,
  ascii: (text) => text.length,
  hex: (text) => text.length >>> 1,
  base64: base64Size,
  base64url: base64Size,
};

const codec = (name: BufferCodec): Codec => ({
  name,
  slice: `${name}Slice`,
  write: `${name}Write`,
  sizeOf: sizes[name],
});

export const UTF8 = codec('utf8');
const ucs2 = codec('ucs2');
export const LATIN1 = codec('latin1');

const CODECS: Readonly<Record<string, Codec>> = {
  __proto__: null as never,
  utf8: UTF8,
  'utf-8': UTF8,
  ucs2,
  'ucs-2': ucs2,
  utf16le: ucs2,
  'utf-16le': ucs2,
  latin1: LATIN1,
  binary: LATIN1,
  ascii: codec('ascii'),
  hex: codec('hex'),
  base64: codec('base64'),
  base64url: codec('base64url'),
};

/** The encoding of a name, in any case of letters. */
export function codecOf(encoding: unknown): Codec | undefined {
  return CODECS[encoding as string] ?? CODECS[toText(encoding).toLowerCase()];
}

/** Decodes bytes; `this` of a Buffer's method may be anything. */
export function decoded(bytes: Uint8Array, { slice }: Codec, start: number, end: number): string {
  const text = lend(slice, bytes, start, end);
  if (typeof text === 'string') return text;
  if (!ArrayBuffer.isView(bytes)) throw nativeTypeError('argument must be a buffer');
  throw coded(new Error('Cannot create a string longer than 0x1fffffe8 characters'), 'ERR_STRING_TOO_LONG');
}

/** Encodes a text into a part of the bytes; returns how many it has written. */
export function encoded(
  bytes: Uint8Array,
  { write }: Codec,
  text: unknown,
  offset: number,
  length: number,
): number {
  const written = lend(write, bytes, text as string, offset, length);
  if (typeof written === 'number') return written;
  if (!ArrayBuffer.isView(bytes)) throw nativeTypeError('argument must be a buffer');
  throw nativeTypeError('argument must be a string');
}
