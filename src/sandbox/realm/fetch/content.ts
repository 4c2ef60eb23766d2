import { fromLatin1, toLatin1 } from '../../boundary/latin1.js';
import { part } from '../kit/parts.js';

// Taken here: the fastest way between text and UTF-8 that a realm without Node has, for texts that are not long.
const { decodeURIComponent, encodeURIComponent, escape, unescape } = globalThis as unknown as Record<
  'decodeURIComponent' | 'encodeURIComponent' | 'escape' | 'unescape',
  (text: string) => string
>;
// oxlint-disable-next-line no-control-regex -- all of ASCII
const ASCII = /^[\0-\x7F]*$/;
/** `escape` makes texts up to three times as long. */
const MAX_ESCAPED = 65_536;
const BYTE_ORDER_MARK = '\u00EF\u00BB\u00BF';

/** The UTF-8 bytes of a text without lone surrogates, as Latin-1 text: as the wire has them. */
export function encodeUtf8(text: string): string {
  if (ASCII.test(text)) return text;
  if (text.length <= MAX_ESCAPED) return unescape(encodeURIComponent(text));
  return toLatin1(new (part('text-coding').TextEncoder)().encode(text));
}

/** The standard's "UTF-8 decode" of Latin-1 text: without a byte order mark, and with U+FFFD for invalid bytes. */
function decodeUtf8(latin1: string): string {
  if (ASCII.test(latin1)) return latin1;
  if (latin1.length <= MAX_ESCAPED) {
    try {
      return decodeURIComponent(escape(latin1.startsWith(BYTE_ORDER_MARK) ? latin1.slice(3) : latin1));
    } catch {
      // Invalid bytes.
    }
  }
  return new (part('text-coding').TextDecoder)().decode(fromLatin1(latin1, 0, latin1.length));
}

/** A whole body, as the bytes that came or in the form in which a script gave it; converted when that is asked for. */
export class Content {
  private constructor(
    private readonly latin1Text: string | undefined,
    private readonly view: Uint8Array<ArrayBuffer> | undefined,
  ) {}

  /** @param latin1 one character a byte */
  static ofLatin1(latin1: string): Content {
    return new Content(latin1, undefined);
  }

  static ofBytes(bytes: Uint8Array<ArrayBuffer>): Content {
    return new Content(undefined, bytes);
  }

  static ofText(text: string): Content {
    return new Content(encodeUtf8(text), undefined);
  }

  /** Joins parts of a body. */
  static ofParts(parts: readonly Uint8Array[]): Content {
    const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
    let at = 0;
    for (const each of parts) {
      all.set(each, at);
      at += each.length;
    }
    return new Content(undefined, all);
  }

  get length(): number {
    return this.latin1Text?.length ?? this.view?.length ?? 0;
  }

  text(): string {
    if (this.latin1Text !== undefined) return decodeUtf8(this.latin1Text);
    const { view = new Uint8Array(0) } = this;
    if (view.length <= MAX_ESCAPED) return decodeUtf8(toLatin1(view));
    return new (part('text-coding').TextDecoder)().decode(view);
  }

  latin1(): string {
    return this.latin1Text ?? toLatin1(this.view ?? new Uint8Array(0));
  }

  /** A copy, which a script may change. */
  bytes(): Uint8Array<ArrayBuffer> {
    if (this.latin1Text !== undefined) return fromLatin1(this.latin1Text, 0, this.latin1Text.length);
    return new Uint8Array(this.view ?? []);
  }
}
