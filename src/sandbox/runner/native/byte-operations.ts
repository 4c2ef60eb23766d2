import { BUFFER_CODECS, type ByteOperation, type Primitive } from '../../boundary/byte-operations.js';

/** An argument as an operation gets it: a typed array of the realm has become a Buffer, for this call only. */
export type Argument = Primitive | Buffer;

/** Gets arguments of unknown type: a script may have sent anything. */
export type ByteFunction = (a: Argument, b: Argument, c: Argument, d: Argument, e: Argument) => Primitive;

type Slice = (start: number, end: number) => string;
type Write = (text: string, offset: number, length: number) => number;

const { apply } = Reflect;

/** Node's methods for each encoding, captured before the first script; its types do not have them. */
const methods = Buffer.prototype as unknown as Readonly<Record<string, Slice & Write>>;

const codecs: Record<string, ByteFunction> = {};
for (const codec of BUFFER_CODECS) {
  const { [`${codec}Slice`]: slice, [`${codec}Write`]: write } = methods;
  if (slice === undefined || write === undefined) throw new TypeError(`Buffer lacks the encoding ${codec}`);
  codecs[`${codec}Slice`] = (bytes, start, end) => apply(slice, bytesOf(bytes), [count(start), count(end)]);
  codecs[`${codec}Write`] = (bytes, text, offset, length) =>
    apply(write, bytesOf(bytes), [textOf(text), count(offset), count(length)]);
}

/** The functions that work on lent bytes. None calls back, keeps its arguments, or reads the `buffer` of bytes. */
export const BYTE_OPERATIONS: Readonly<Record<ByteOperation, ByteFunction>> = Object.freeze({
  __proto__: null as never,
  ...(codecs as Record<Exclude<ByteOperation, 'utf8Length' | 'compare'>, ByteFunction>),
  utf8Length: (text) => Buffer.byteLength(textOf(text)),
  compare: (one, other) => Buffer.compare(bytesOf(one), bytesOf(other)),
});

function bytesOf(value: Argument): Buffer {
  if (typeof value !== 'object' || value === null) throw new TypeError('bytes expected');
  return value;
}

function textOf(value: Argument): string {
  if (typeof value !== 'string') throw new TypeError('a text expected');
  return value;
}

/** An index or a number of bytes. */
function count(value: Argument): number {
  if (typeof value !== 'number' || !(value >= 0)) throw new TypeError('a number of bytes expected');
  return value;
}
