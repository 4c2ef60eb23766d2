import { DecoderFlags } from '../../boundary/byte-operations.js';
import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { isAnyArrayBuffer, isUint8Array } from '../buffer/fast-buffer.js';
import { defineReadOnly, makeEnumerable } from '../kit/define.js';
import { invalidEncodedData, invalidThis } from '../kit/errors.js';
import { part } from '../kit/parts.js';
import { toText } from '../kit/conversions.js';

const { lend } = environment;
const NO_BYTES = new Uint8Array(0);
const INSPECT = Symbol.for('nodejs.util.inspect.custom');
type Inspect = (value: unknown, options: object) => string;
const BYTE_ORDER_MARK = '\uFEFF';

/** What {@link TextEncoder.encodeInto} has read and written. */
const progress = new Uint32Array(2);

class TextEncoder {
  /** What Node's encoder has, by which one is told from other objects. */
  readonly #encoding = 'utf-8';

  get encoding(): string {
    checkThis(#encoding in this, 'TextEncoder');
    return this.#encoding;
  }

  encode(input: unknown = ''): Uint8Array {
    checkThis(#encoding in this, 'TextEncoder');
    const text = toText(input);
    // Memory of its own at once: V8 would keep few bytes elsewhere, and move them when they are lent.
    const bytes = new Uint8Array(new ArrayBuffer(lend('utf8Length', text) as number));
    if (bytes.length > 0) lend('utf8Write', bytes, text, 0, bytes.length);
    return bytes;
  }

  /** Writes as many whole characters as fit. */
  encodeInto(text: unknown, target: unknown): { read: number; written: number } {
    checkThis(#encoding in this, 'TextEncoder');
    if (typeof text !== 'string') throw invalidArgument('src', 'of type string', text);
    if (!isUint8Array(target)) throw invalidArgument('dest', 'an instance of Uint8Array', target);
    lend('encodeInto', target, text, progress as unknown as Uint8Array);
    const [read = 0, written = 0] = progress;
    return { read, written };
  }

  [INSPECT](depth: number, options: object, inspect: Inspect): unknown {
    return depth < 0 ? this : inspect({ encoding: this.encoding }, options);
  }
}

/** The names of encodings that Node need not be asked for. */
const ENCODINGS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  'utf-8': 'utf-8',
  utf8: 'utf-8',
  'utf-16le': 'utf-16le',
};

interface Options {
  readonly fatal?: unknown;
  readonly ignoreBOM?: unknown;
}

function encodingOf(label: unknown): string {
  const text = toText(label);
  const encoding = ENCODINGS[text] ?? lend('encodingName', text);
  if (typeof encoding === 'string') return encoding;
  throw coded(new RangeError(`The "${text}" encoding is not supported`), 'ERR_ENCODING_NOT_SUPPORTED');
}

class TextDecoder {
  readonly #encoding: string;
  readonly #flags: number;
  /** Node's decoder for input in parts: created for the first one, since it keeps what is incomplete. */
  #handle: number | undefined;

  constructor(...[label = 'utf-8', given]: [label?: unknown, options?: unknown]) {
    this.#encoding = encodingOf(label);
    if (given !== undefined && given !== null && typeof given !== 'object' && typeof given !== 'function')
      throw invalidArgument('options', 'of type object', given);
    const { fatal, ignoreBOM }: Options = given ?? {};
    this.#flags = (fatal ? DecoderFlags.fatal : 0) + (ignoreBOM ? DecoderFlags.ignoreBOM : 0);
  }

  decode(...[input, options]: [input?: unknown, options?: { readonly stream?: unknown } | null]): string {
    checkThis(#flags in this, 'TextDecoder');
    const bytes = input === undefined ? NO_BYTES : viewOf(input);
    const text = this.#decode(bytes, Boolean(options?.stream));
    if (typeof text === 'string') return text;
    throw invalidEncodedData(this.#encoding);
  }

  get encoding(): string {
    checkThis(#flags in this, 'TextDecoder');
    return this.#encoding;
  }

  get fatal(): boolean {
    checkThis(#flags in this, 'TextDecoder');
    return (this.#flags & DecoderFlags.fatal) !== 0;
  }

  get ignoreBOM(): boolean {
    checkThis(#flags in this, 'TextDecoder');
    return (this.#flags & DecoderFlags.ignoreBOM) !== 0;
  }

  [INSPECT](depth: number, options: object, inspect: Inspect): unknown {
    const { encoding, fatal, ignoreBOM } = this;
    return depth < 0 ? this : `TextDecoder ${inspect({ encoding, fatal, ignoreBOM }, options)}`;
  }

  #decode(bytes: Uint8Array, more: boolean): unknown {
    if (more || this.#handle !== undefined) {
      this.#handle ??= decoderOf(this, this.#encoding, this.#flags);
      return lend('decodePart', bytes, this.#handle, more);
    }
    if (this.#encoding !== 'utf-8' || (this.#flags & DecoderFlags.fatal) !== 0)
      return lend('decode', bytes, this.#encoding, this.#flags);
    // The usual decoder needs no object of Node's.
    const text = lend('utf8Slice', bytes, 0, bytes.length);
    const isMarked = typeof text === 'string' && text[0] === BYTE_ORDER_MARK && this.#flags === 0;
    return isMarked ? text.slice(1) : text;
  }
}

/** Opens a decoder in the runner, which is dropped when its owner is collected. */
function decoderOf(owner: object, encoding: string, flags: number): number {
  const { call, track } = part('native');
  const { handle } = call('text.decoder', encoding, flags) as { readonly handle: number };
  track(owner, handle);
  return handle;
}

function viewOf(input: unknown): Uint8Array {
  if (isUint8Array(input)) return input;
  if (ArrayBuffer.isView(input)) return new Uint8Array(input.buffer, input.byteOffset, input.byteLength);
  if (isAnyArrayBuffer(input)) return new Uint8Array(input);
  throw coded(
    new TypeError(
      'The "list" argument must be an instance of SharedArrayBuffer, ArrayBuffer or ArrayBufferView.',
    ),
    'ERR_INVALID_ARG_TYPE',
  );
}

function checkThis(isOne: boolean, name: string): void {
  if (!isOne) throw invalidThis(name);
}

makeEnumerable(TextEncoder.prototype, ['encoding', 'encode', 'encodeInto']);
makeEnumerable(TextDecoder.prototype, ['decode', 'encoding', 'fatal', 'ignoreBOM']);
for (const kind of [TextEncoder, TextDecoder]) defineReadOnly(kind.prototype, Symbol.toStringTag, kind.name);

export default { TextEncoder, TextDecoder };
