import { makeEnumerable } from '../kit/define.js';
import { invalidEncodedData } from '../kit/errors.js';
import { part } from '../kit/parts.js';
import { wellFormed } from '../web/well-formed.js';
import { decodeUtf8 } from '../web/utf8.js';

type Bytes = ArrayBuffer | ArrayBufferView;

const { Buffer } = part('buffer');

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

/** The encodings that are decoded here: by far the most used ones. */
const ENCODINGS: Readonly<Record<string, 'utf-8' | 'utf-16le'>> = {
  __proto__: null as never,
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'unicode-1-1-utf-8': 'utf-8',
  'utf-16le': 'utf-16le',
  'utf-16': 'utf-16le',
};

interface Options {
  readonly fatal?: boolean;
  readonly ignoreBOM?: boolean;
}
/** A decoder of Node, for an encoding that only Node has. */
interface Foreign {
  readonly encoding: string;
  readonly handle: number;
}

class TextDecoder {
  readonly #encoding: string;
  readonly #fatal: boolean;
  readonly #ignoreBOM: boolean;
  readonly #foreign: Foreign | undefined;
  #rest = new Uint8Array(0);
  #begun = false;

  constructor(label: unknown = 'utf-8', options: Options | null = {}) {
    this.#fatal = Boolean(options?.fatal);
    this.#ignoreBOM = Boolean(options?.ignoreBOM);
    const known = ENCODINGS[String(label).trim().toLowerCase()];
    if (known === undefined) this.#foreign = foreign(this, String(label), options ?? {});
    this.#encoding = known ?? this.#foreign?.encoding ?? '';
  }

  get encoding(): string {
    return this.#encoding;
  }

  get fatal(): boolean {
    return this.#fatal;
  }

  get ignoreBOM(): boolean {
    return this.#ignoreBOM;
  }

  decode(input?: Bytes, { stream = false }: { stream?: boolean } = {}): string {
    if (this.#foreign !== undefined) {
      return part('native').call('text.decode', this.#foreign.handle, input ?? new Uint8Array(), {
        stream,
      }) as string;
    }
    const bytes = this.#with(input);
    const { text, used } = this.#decoded(bytes, stream);
    this.#rest = stream ? bytes.slice(used) : new Uint8Array(0);
    const isStart = !this.#begun;
    this.#begun = stream && (this.#begun || text !== '');
    return isStart && !this.#ignoreBOM && text.startsWith('\uFEFF') ? text.slice(1) : text;
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
    if (this.#encoding === 'utf-8') return decodeUtf8(bytes, { fatal: this.#fatal, stream });
    const used = bytes.length - (bytes.length % 2);
    if (used < bytes.length && this.#fatal && !stream) throw invalidEncodedData(this.#encoding);
    const view = Buffer.from(bytes.buffer, bytes.byteOffset, used);
    return { text: view.toString('utf16le'), used };
  }
}

function foreign(owner: object, label: string, options: Options): Foreign {
  const { call, track } = part('native');
  const { handle, facts } = call('text.decoder', label, options) as { handle: number; facts: string };
  track(owner, handle);
  return { handle, encoding: facts };
}

makeEnumerable(TextDecoder.prototype, ['encoding', 'fatal', 'ignoreBOM', 'decode']);

export default { TextEncoder, TextDecoder };
