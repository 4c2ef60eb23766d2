import type { JsonText } from './json-text.js';

const PIECE_BYTES = 128 * 1024;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
const HIGH_SURROGATE = /^\\ud[89ab]/i;
const LOW_SURROGATE = /^\\ud[c-f]/i;

/** Decodes a JSON string in pieces, so that work on a long text can yield to other work. */
export function* piecesOf({ bytes }: JsonText): Generator<string> {
  const end = bytes.length - 1;
  for (let from = 1; from < end;) {
    const to = cutAfter(bytes, from, Math.min(from + PIECE_BYTES, end));
    yield JSON.parse(`"${bytes.toString('utf8', from, to)}"`) as string;
    from = to;
  }
}

/** The first position from `min` on that splits no character, no escape and no surrogate pair. */
function cutAfter(bytes: Buffer, from: number, min: number): number {
  let last = from;
  let to = from;
  while (to < min) {
    last = to;
    to += lengthAt(bytes, to);
  }
  // A low surrogate belongs to its high surrogate; lone surrogates are allowed.
  const isPair = isAt(bytes, last, HIGH_SURROGATE) && isAt(bytes, to, LOW_SURROGATE);
  return isPair ? to + lengthAt(bytes, to) : to;
}

function isAt(bytes: Buffer, at: number, escape: RegExp): boolean {
  return escape.test(bytes.toString('latin1', at, at + 4));
}

/** Length in bytes of the character or escape at this position. */
function lengthAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return bytes[at + 1] === LOWER_U ? 6 : 2;
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}
