import { type Bytes, part } from '../kit/parts.js';

const HEX = '0123456789ABCDEF';

/** Text with one percent-encoded byte at least. Any other percent sign is ordinary text. */
const ENCODED = /%[\dA-Fa-f]{2}/;

/**
 * Percent-decoding as Node has it in `querystring` and in `URLSearchParams`. Where a part of the text is not valid, all other
 * characters lose their high byte, which is not the standard's.
 */
export function percentDecoded(text: string): string {
  if (!ENCODED.test(text)) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    return decodedBytes(text).toString();
  }
}

/** Percent-decoding that keeps invalid sequences as they are. */
export function decodedBytes(text: string, decodesSpaces = false): Bytes {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at];
    const high = sign === '%' ? digit(text[at + 1]) : -1;
    const low = high === -1 ? -1 : digit(text[at + 2]);
    if (low === -1) {
      bytes.push(sign === '+' && decodesSpaces ? 32 : text.charCodeAt(at) & 0xff);
    } else {
      bytes.push(high * 16 + low);
      at += 2;
    }
  }
  return part('buffer').Buffer.from(bytes);
}

function digit(sign: string | undefined): number {
  return sign === undefined ? -1 : HEX.indexOf(sign.toUpperCase());
}
