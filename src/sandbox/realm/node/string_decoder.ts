import { invalidArgument } from '../../boundary/coded-errors.js';
import { type Codec, UTF8, codecOf, decoded } from '../buffer/codecs.js';
import { isUint8Array } from '../buffer/fast-buffer.js';
import { define, defineAccessor, defineHidden, named } from '../kit/define.js';
import { unknownEncoding } from '../kit/errors.js';
import { part } from '../kit/parts.js';

/** Bytes of a character that has not come whole yet; no encoding has longer ones. */
const MAX_CHARACTER = 4;

/** What a decoder keeps between two chunks. */
interface State {
  readonly codec: Codec;
  /** The beginning of a character. */
  readonly character: Uint8Array<ArrayBuffer>;
  /** How many bytes of it have come. */
  buffered: number;
  /** How many it lacks. */
  missing: number;
}

const STATE = Symbol('state');

interface Decoder {
  encoding: string;
  [STATE]: State;
}

/** A plain function, as Node's own is: packages call it on an object of theirs. */
function StringDecoder(this: Decoder, encoding?: unknown): void {
  const codec = encoding === undefined || encoding === null || encoding === '' ? UTF8 : codecOf(encoding);
  if (codec === undefined || (encoding && typeof encoding !== 'string')) throw unknownEncoding(encoding);
  this.encoding = codec.name === 'ucs2' ? 'utf16le' : codec.name;
  const character = new Uint8Array(MAX_CHARACTER);
  defineHidden(this, STATE, { codec, character, buffered: 0, missing: 0 } satisfies State);
}

const methods = {
  write(this: Decoder, chunk: unknown): string {
    if (typeof chunk === 'string') return chunk;
    if (!ArrayBuffer.isView(chunk))
      throw invalidArgument('buf', 'an instance of Buffer, TypedArray, or DataView', chunk);
    const bytes = isUint8Array(chunk)
      ? chunk
      : new Uint8Array(chunk.buffer as ArrayBuffer, chunk.byteOffset, chunk.byteLength);
    return decode(this[STATE], bytes);
  },

  end(this: Decoder, chunk?: unknown): string {
    const text = chunk === undefined ? '' : methods.write.call(this, chunk);
    return text + flush(this[STATE]);
  },

  text(this: Decoder, chunk: Uint8Array, offset: number): string {
    const state = this[STATE];
    state.missing = state.buffered = 0;
    return methods.write.call(this, chunk.slice(offset));
  },
};

for (const [name, method] of Object.entries(methods))
  define(StringDecoder.prototype as object, name, named(name, method));

const properties: Readonly<Record<string, (state: State) => unknown>> = {
  lastChar: ({ character }) => part('buffer').Buffer.from(character.buffer),
  lastNeed: ({ missing }) => missing,
  lastTotal: ({ buffered, missing }) => buffered + missing,
};
for (const [name, of] of Object.entries(properties)) {
  const get = function (this: Decoder): unknown {
    return of(this[STATE]);
  };
  defineAccessor(StringDecoder.prototype as object, name, { get }, true);
}

/** Decodes a chunk, but for the character that it cuts. */
function decode(state: State, bytes: Uint8Array): string {
  const { name } = state.codec;
  if (name !== 'utf8' && name !== 'ucs2' && name !== 'base64' && name !== 'base64url')
    return decoded(bytes, state.codec, 0, bytes.length);
  let text = '';
  let from = 0;
  if (state.missing > 0) {
    from = complete(state, bytes);
    if (state.missing > 0) return '';
    text = decoded(state.character, state.codec, 0, state.buffered);
    state.buffered = 0;
  }
  if (from === bytes.length) return text;
  cut(state, bytes, from);
  const to = bytes.length - state.buffered;
  for (let i = 0; i < state.buffered; i++) state.character[i] = bytes[to + i] as number;
  return from === to ? text : text + decoded(bytes, state.codec, from, to);
}

/** Adds the missing bytes of a character; returns how many of the chunk these are. */
function complete(state: State, bytes: Uint8Array): number {
  let taken = 0;
  while (taken < bytes.length && state.missing > 0) {
    const byte = bytes[taken] as number;
    if (state.codec.name === 'utf8' && !isContinuation(byte)) {
      // The character ends too early, which makes it invalid; this byte begins another.
      state.missing = 0;
      break;
    }
    state.character[state.buffered] = byte;
    state.buffered += 1;
    state.missing -= 1;
    taken += 1;
  }
  return taken;
}

/** Finds how much of the end of a chunk is the beginning of a character. */
function cut(state: State, bytes: Uint8Array, from: number): void {
  const size = bytes.length - from;
  const last = bytes[bytes.length - 1] as number;
  const keep = (buffered: number, whole: number): void => {
    state.buffered = buffered;
    state.missing = whole - buffered;
  };
  switch (state.codec.name) {
    case 'ucs2':
      if (size % 2 === 1) keep(1, 2);
      else if (isLead(last << 8)) keep(2, 4);
      return;
    case 'utf8':
      for (let count = 1; count < MAX_CHARACTER && count <= size; count++) {
        const byte = bytes[bytes.length - count] as number;
        if (isContinuation(byte)) continue;
        const whole = utf8Length(byte);
        if (whole > count) keep(count, whole);
        return;
      }
      return;
    default:
      if (size % 3 > 0) keep(size % 3, 3);
  }
}

function flush(state: State): string {
  // Half of a UTF-16 unit is dropped.
  if (state.codec.name === 'ucs2') state.buffered -= state.buffered % 2;
  const text = state.buffered === 0 ? '' : decoded(state.character, state.codec, 0, state.buffered);
  state.buffered = state.missing = 0;
  return text;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** The bytes of a character, by its first; for a byte that begins none, a number of no use. */
function utf8Length(first: number): number {
  if ((first & 0xe0) === 0xc0) return 2;
  if ((first & 0xf0) === 0xe0) return 3;
  return (first & 0xf8) === 0xf0 ? 4 : 0;
}

function isLead(unit: number): boolean {
  return (unit & 0xfc00) === 0xd800;
}

export default { StringDecoder };
