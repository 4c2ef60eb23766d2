import type { JsonText } from './json-text.js';

const PIECE_BYTES = 128 * 1024;
const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
const HIGH_SURROGATE = /^\\ud[89ab]/i;
const LOW_SURROGATE = /^\\ud[c-f]/i;

/** The JSON of a text, decoded a piece at a time: whoever works on a long one can let others go on in between. */
export function* piecesOf({ bytes }: JsonText): Generator<string> {
  const end = bytes.length - 1;
  for (let from = 1; from < end;) {
    const to = cutAfter(bytes, from, Math.min(from + PIECE_BYTES, end));
    yield JSON.parse(`"${bytes.toString('utf8', from, to)}"`) as string;
    from = to;
  }
}

/** The first place from `least` on that is in no character, in no escape, and not between two halves of a character. */
function cutAfter(bytes: Buffer, from: number, least: number): number {
  let to = from;
  let last = from;
  while (to < least) {
    last = to;
    to += lengthAt(bytes, to);
  }
  const isHalf = (half: RegExp, at: number): boolean => half.test(bytes.toString('latin1', at, at + 4));
  // The second half of a pair belongs to the first.
  return isHalf(HIGH_SURROGATE, last) && isHalf(LOW_SURROGATE, to) ? to + lengthAt(bytes, to) : to;
}

/** Bytes of the character or the escape that begins here. */
function lengthAt(bytes: Buffer, at: number): number {
  const byte = bytes[at] ?? 0;
  if (byte === BACKSLASH) return bytes[at + 1] === LOWER_U ? 6 : 2;
  if (byte < 0x80) return 1;
  if (byte < 0xe0) return 2;
  return byte < 0xf0 ? 3 : 4;
}
