import { bytesOf } from '../../boundary/bytes-text.js';

interface Coders {
  TextEncoder: new () => { encode(text: string): Uint8Array<ArrayBuffer> };
  TextDecoder: new () => { decode(bytes: Uint8Array): string };
}
interface Streams {
  ReadableStream: new (source: object) => unknown;
}
interface Controller {
  enqueue(chunk: unknown): void;
  close(): void;
}

/** Bytes that a blob's stream gives at a time. */
const CHUNK = 65_536;

const { TextEncoder, TextDecoder } = require('text-coding') as Coders;

const bytes = new WeakMap<object, Uint8Array<ArrayBuffer>>();

/** The standard's Blob, in memory. */
class Blob {
  readonly #type: string;

  constructor(
    parts: unknown = [],
    options: { readonly type?: unknown; readonly endings?: unknown } | null = {},
  ) {
    if (typeof parts !== 'object' || parts === null || !(Symbol.iterator in parts))
      throw invalidType('The "sources" argument must be an instance of Iterable', parts);
    bytes.set(this, joined([...(parts as Iterable<unknown>)].map((part) => partOf(part, options?.endings))));
    this.#type = typeOf(options?.type);
  }

  get size(): number {
    return dataOf(this).length;
  }

  get type(): string {
    return this.#type;
  }

  get [Symbol.toStringTag](): string {
    return 'Blob';
  }

  slice(start: number = 0, end: number = this.size, type: unknown = ''): Blob {
    const blob = new Blob([], { type });
    bytes.set(blob, dataOf(this).slice(start, end));
    return blob;
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(dataOf(this));
  }

  async arrayBuffer(): Promise<ArrayBuffer> {
    return dataOf(this).slice().buffer;
  }

  async bytes(): Promise<Uint8Array> {
    return dataOf(this).slice();
  }

  stream(): unknown {
    const data = dataOf(this);
    const { ReadableStream } = require('web-streams') as Streams;
    let at = 0;
    return new ReadableStream({
      type: 'bytes',
      pull(controller: Controller) {
        if (at < data.length) controller.enqueue(data.slice(at, at + CHUNK));
        at += CHUNK;
        if (at >= data.length) controller.close();
      },
    });
  }

  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    if (depth < 0) return '[Blob]';
    return `${this.constructor.name} ${inspect({ size: this.size, type: this.type }, options)}`;
  }
}

/** The standard's File. */
class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  constructor(
    ...args: [
      parts?: unknown,
      name?: unknown,
      options?: { readonly type?: unknown; readonly lastModified?: unknown },
    ]
  ) {
    if (args.length < 2) {
      throw Object.assign(new TypeError('The "fileBits" and "fileName" arguments must be specified'), {
        code: 'ERR_MISSING_ARGS',
      });
    }
    super(args[0], args[2]);
    this.#name = String(args[1]);
    this.#lastModified = Number(args[2]?.lastModified ?? Date.now());
  }

  get name(): string {
    return this.#name;
  }

  get lastModified(): number {
    return this.#lastModified;
  }

  override get [Symbol.toStringTag](): string {
    return 'File';
  }
}

for (const kind of [Blob, File])
  for (const key of Object.getOwnPropertyNames(kind.prototype))
    if (key !== 'constructor') Object.defineProperty(kind.prototype, key, { enumerable: true });

function partOf(part: unknown, endings: unknown): Uint8Array {
  if (typeof part === 'object' && part !== null) {
    const data = bytes.get(part) ?? bytesOf(part);
    if (data !== undefined) return data;
  }
  const text = String(part);
  return new TextEncoder().encode(endings === 'native' ? text.replaceAll(/\r\n?/g, '\n') : text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, part) => size + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}

function typeOf(type: unknown): string {
  const text = type === undefined ? '' : String(type);
  return /^[ -~]*$/.test(text) ? text.toLowerCase() : '';
}

function dataOf(blob: object): Uint8Array<ArrayBuffer> {
  const data = bytes.get(blob);
  if (data === undefined) throw invalidType('Value of "this" must be of type Blob', blob, 'ERR_INVALID_THIS');
  return data;
}

function invalidType(message: string, actual: unknown, code = 'ERR_INVALID_ARG_TYPE'): TypeError {
  const received =
    code === 'ERR_INVALID_THIS' ? '' : `. Received ${actual === null ? 'null' : typeof actual}`;
  return Object.assign(new TypeError(message + received), { code });
}

export default { Blob, File };
