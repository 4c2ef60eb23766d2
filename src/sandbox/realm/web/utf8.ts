import { invalidEncodedData } from '../kit/errors.js';

/** Code points for one call of `fromCodePoint`: far below the limit of arguments. */
const CHUNK = 4096;

/** How many bytes follow a first byte, and the bounds of the second one: the table of the Encoding Standard. */
function lead(byte: number): { more: number; low: number; high: number; bits: number } | undefined {
  if (byte >= 0xc2 && byte <= 0xdf) return { more: 1, low: 0x80, high: 0xbf, bits: byte & 0x1f };
  if (byte >= 0xe0 && byte <= 0xef) {
    return {
      more: 2,
      low: byte === 0xe0 ? 0xa0 : 0x80,
      high: byte === 0xed ? 0x9f : 0xbf,
      bits: byte & 0x0f,
    };
  }
  if (byte >= 0xf0 && byte <= 0xf4) {
    return {
      more: 3,
      low: byte === 0xf0 ? 0x90 : 0x80,
      high: byte === 0xf4 ? 0x8f : 0xbf,
      bits: byte & 0x07,
    };
  }
  return undefined;
}

/**
 * @param stream whether the end of the bytes may be the start of a character
 * @returns the text, and how many bytes were decoded
 * @throws TypeError for invalid bytes if `fatal`; otherwise they become U+FFFD, as in browsers
 */
export function decodeUtf8(
  bytes: Uint8Array,
  { fatal, stream }: { fatal: boolean; stream: boolean },
): { text: string; used: number } {
  let text = '';
  let points: number[] = [];
  let at = 0;
  const put = (point: number) => {
    points.push(point);
    if (points.length === CHUNK) {
      text += String.fromCodePoint(...points);
      points = [];
    }
  };
  const wrong = () => {
    if (fatal) throw invalidEncodedData('utf-8');
    put(0xfffd);
  };
  while (at < bytes.length) {
    const first = bytes[at] ?? 0;
    if (first < 0x80) {
      put(first);
      at++;
      continue;
    }
    const sequence = lead(first);
    if (sequence === undefined) {
      wrong();
      at++;
      continue;
    }
    let { low, high, bits: point } = sequence;
    let taken = 1;
    for (; taken <= sequence.more; taken++) {
      const next = bytes[at + taken];
      if (next === undefined || next < low || next > high) break;
      point = (point << 6) | (next & 0x3f);
      low = 0x80;
      high = 0xbf;
    }
    if (taken <= sequence.more) {
      if (stream && at + taken === bytes.length) break;
      wrong();
    } else {
      put(point);
    }
    at += taken;
  }
  return { text: text + String.fromCodePoint(...points), used: at };
}
