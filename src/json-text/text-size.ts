import type { JsonText } from './json-text.js';

const BACKSLASH = 0x5c;
const LOWER_U = 0x75;
const ZERO = 0x30;
const NINE = 0x39;
const LOWER_A = 0x61;
const LOWER_CASE = 0x20;

/** Size of a text in bytes of UTF-8, without decoding a JSON string. */
export function sizeOf(text: string | JsonText): number {
  return typeof text === 'string' ? Buffer.byteLength(text) : decodedBytes(text.bytes);
}

/** Whether a text exceeds a size in bytes of UTF-8. For short texts, the length alone decides. */
export function isLongerThan(text: string | JsonText, bytes: number): boolean {
  const max = typeof text === 'string' ? 3 * text.length : text.length - 2;
  return max > bytes && sizeOf(text) > bytes;
}

/** @param json a JSON string with its quotes */
function decodedBytes(json: Buffer): number {
  let saved = 2;
  // Escapes may be dense: an `indexOf` for each would take many times as long as this loop.
  for (let at = json.indexOf(BACKSLASH); at >= 0 && at < json.length;) {
    if (json[at] !== BACKSLASH) {
      at += 1;
      continue;
    }
    if (json[at + 1] !== LOWER_U) {
      saved += 1;
      at += 2;
      continue;
    }
    const unit = unitAt(json, at);
    if (
      isHighSurrogate(unit) &&
      json[at + 6] === BACKSLASH &&
      json[at + 7] === LOWER_U &&
      isLowSurrogate(unitAt(json, at + 6))
    ) {
      saved += 12 - 4;
      at += 12;
    } else {
      saved += 6 - (unit < 0x80 ? 1 : unit < 0x800 ? 2 : 3);
      at += 6;
    }
  }
  return json.length - saved;
}

/** The UTF-16 code unit of a `\u` escape. */
function unitAt(json: Buffer, at: number): number {
  let unit = 0;
  for (let i = at + 2; i < at + 6; i += 1) {
    const digit = json[i] ?? 0;
    unit = 16 * unit + (digit <= NINE ? digit - ZERO : (digit | LOWER_CASE) - LOWER_A + 10);
  }
  return unit;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit < 0xdc00;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit < 0xe000;
}
