import { coded } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import { makeMembersEnumerable } from '../kit/define.js';
import { INSPECT, type InspectOptions, inspected } from '../kit/inspected.js';
import { invalidThis, missingArguments } from '../kit/errors.js';
import { part } from '../kit/parts.js';

interface Controller {
  enqueue(chunk: unknown): void;
  close(): void;
}

/** Bytes in one chunk of a blob's stream. */
const CHUNK = 65_536;

const { TextEncoder, TextDecoder } = part('text-coding');

const bytes = new WeakMap<object, Uint8Array<ArrayBuffer>>();

/** The standard's Blob, in memory. */
class Blob {
  readonly #type: string;

  constructor(
    parts: unknown = [],
    options: { readonly type?: unknown; readonly endings?: unknown } | null = {},
  ) {
    if (typeof parts !== 'object' || parts === null || !(Symbol.iterator in parts))
      throw coded(
        new TypeError(
          `The "sources" argument must be an instance of Iterable. Received ${parts === null ? 'null' : typeof parts}`,
        ),
        'ERR_INVALID_ARG_TYPE',
      );
    bytes.set(
      this,
      joined([...(parts as Iterable<unknown>)].map((source) => bytesOfPart(source, options?.endings))),
    );
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
    return blobOf(dataOf(this).slice(start, end), type);
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
    let at = 0;
    return new (part('web-streams').ReadableStream)({
      type: 'bytes',
      pull(controller: Controller) {
        if (at < data.length) controller.enqueue(data.slice(at, at + CHUNK));
        at += CHUNK;
        if (at >= data.length) controller.close();
      },
    });
  }

  [INSPECT](depth: number | null, options: InspectOptions): unknown {
    if (depth !== null && depth < 0) return '[Blob]';
    const { size, type } = this;
    return inspected(this, 'Blob', { size, type }, depth, options);
  }
}

/** The standard's File. */
class File extends Blob {
  readonly #name: string;
  readonly #lastModified: number;

  constructor(
    parts: unknown,
    name: unknown,
    options: { readonly type?: unknown; readonly lastModified?: unknown } = {},
  ) {
    if (arguments.length < 2) throw missingArguments('fileBits', 'fileName');
    super(parts, options);
    this.#name = String(name);
    this.#lastModified = Number(options?.lastModified ?? Date.now());
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

  override [INSPECT](depth: number | null, options: InspectOptions): unknown {
    if (depth !== null && depth < 0) return '[File]';
    const { size, type, name, lastModified } = this;
    return inspected(this, 'File', { size, type, name, lastModified }, depth, options);
  }
}

function blobOf(data: Uint8Array<ArrayBuffer>, type: unknown): Blob {
  const blob = new Blob([], { type });
  bytes.set(blob, data);
  return blob;
}

function copyOf(value: object): Blob | undefined {
  const data = bytes.get(value);
  if (data === undefined) return undefined;
  const { type } = value as Blob;
  // Nobody can write to a blob's bytes, so that the copy shares them.
  if (!(value instanceof File)) return blobOf(data, type);
  const copy = new File([], value.name, { type, lastModified: value.lastModified });
  bytes.set(copy, data);
  return copy;
}

for (const kind of [Blob, File]) makeMembersEnumerable(kind);

function bytesOfPart(source: unknown, endings: unknown): Uint8Array {
  if (typeof source === 'object' && source !== null) {
    const data = bytes.get(source) ?? bytesOf(source);
    if (data !== undefined) return data;
  }
  const text = String(source);
  return new TextEncoder().encode(endings === 'native' ? text.replaceAll(/\r\n?/g, '\n') : text);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const all = new Uint8Array(parts.reduce((size, { length }) => size + length, 0));
  let at = 0;
  for (const each of parts) {
    all.set(each, at);
    at += each.length;
  }
  return all;
}

function typeOf(type: unknown): string {
  const text = type === undefined ? '' : String(type);
  return /^[ -~]*$/.test(text) ? text.toLowerCase() : '';
}

function dataOf(blob: object): Uint8Array<ArrayBuffer> {
  const data = bytes.get(blob);
  if (data === undefined) throw invalidThis('Blob');
  return data;
}

export default { Blob, File, copyOf };
