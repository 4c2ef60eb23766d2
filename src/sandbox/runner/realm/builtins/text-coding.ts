import { wellFormed } from '../ports/well-formed.js';
import { decodeUtf8 } from '../ports/utf8.js';

type Bytes = ArrayBuffer | ArrayBufferView;
interface BufferConstructor {
  from(text: string, encoding: string): Uint8Array;
  from(
    bytes: ArrayBuffer,
    offset: number,
    length: number,
  ): { toString(encoding: string): string } & Uint8Array;
}

const { Buffer } = require('buffer') as { Buffer: BufferConstructor };

class TextEncoder {
  get encoding(): 'utf-8' {
    return 'utf-8';
  }

  encode(text: unknown = ''): Uint8Array {
    return new Uint8Array(Buffer.from(wellFormed(String(text)), 'utf8'));
  }

  /** Writes as many whole characters as fit. */
  encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
    let read = 0;
    let written = 0;
    for (const character of text) {
      const bytes = this.encode(character);
      if (written + bytes.length > target.length) break;
      target.set(bytes, written);
      written += bytes.length;
      read += character.length;
    }
    return { read, written };
  }
}

const ENCODINGS: Readonly<Record<string, 'utf-8' | 'utf-16le' | 'windows-1252'>> = {
  __proto__: null as never,
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
  latin1: 'windows-1252',
  ascii: 'windows-1252',
  'us-ascii': 'windows-1252',
  'iso-8859-1': 'windows-1252',
  'windows-1252': 'windows-1252',
};

class TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  #rest = new Uint8Array(0);
  #begun = false;

  constructor(label: unknown = 'utf-8', options: { fatal?: boolean; ignoreBOM?: boolean } = {}) {
    const encoding = ENCODINGS[String(label).trim().toLowerCase()];
    if (encoding === undefined) {
      throw Object.assign(new RangeError(`The "${String(label)}" encoding is not supported`), {
        code: 'ERR_ENCODING_NOT_SUPPORTED',
      });
    }
    this.encoding = encoding;
    this.fatal = options.fatal === true;
    this.ignoreBOM = options.ignoreBOM === true;
  }

  decode(input?: Bytes, { stream = false }: { stream?: boolean } = {}): string {
    const bytes = this.#with(input);
    const { text, used } = this.#decoded(bytes, stream);
    this.#rest = stream ? bytes.slice(used) : new Uint8Array(0);
    const isStart = !this.#begun;
    this.#begun = stream && (this.#begun || text !== '');
    return isStart && !this.ignoreBOM && text.startsWith('\uFEFF') ? text.slice(1) : text;
  }

  #with(input: Bytes | undefined): Uint8Array {
    if (input === undefined) return this.#rest;
    const added = ArrayBuffer.isView(input)
      ? new Uint8Array(input.buffer, input.byteOffset, input.byteLength)
      : new Uint8Array(input);
    if (this.#rest.length === 0) return added;
    const joined = new Uint8Array(this.#rest.length + added.length);
    joined.set(this.#rest);
    joined.set(added, this.#rest.length);
    return joined;
  }

  #decoded(bytes: Uint8Array, stream: boolean): { text: string; used: number } {
    if (this.encoding === 'utf-8') return decodeUtf8(bytes, { fatal: this.fatal, stream });
    const used = this.encoding === 'utf-16le' ? bytes.length - (bytes.length % 2) : bytes.length;
    if (used < bytes.length && this.fatal && !stream) throw invalidData(this.encoding);
    const view = Buffer.from(bytes.buffer as ArrayBuffer, bytes.byteOffset, used);
    return { text: view.toString(this.encoding === 'utf-16le' ? 'utf16le' : 'latin1'), used };
  }
}

function invalidData(encoding: string): TypeError {
  return Object.assign(new TypeError(`The encoded data was not valid for encoding ${encoding}`), {
    code: 'ERR_ENCODING_INVALID_ENCODED_DATA',
  });
}

export default { TextEncoder, TextDecoder };
