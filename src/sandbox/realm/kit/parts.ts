import type { EgressClient } from '../../boundary/egress/egress-client.js';
import type { CodedError } from '../../boundary/coded-errors.js';
import type { CryptoKeyFacts, KeyFacts, Wire } from '../../boundary/native-operations.js';
import type { Lendable, Primitive } from '../../boundary/byte-operations.js';
import type { LentOperation } from '../../boundary/lent-operations.js';
import type { UrlParts } from '../../boundary/url-parts.js';
import type { OperationName } from '../../boundary/node-functions.js';

/** A Node `Buffer`. */
export interface Bytes extends Uint8Array<ArrayBuffer> {
  toString(encoding?: string): string;
}
interface BufferClass {
  from(value: unknown, encodingOrOffset?: unknown, length?: unknown): Bytes;
  alloc(size: number): Bytes;
  allocUnsafe(size: number): Bytes;
  concat(list: readonly Uint8Array[]): Bytes;
  isBuffer(value: unknown): boolean;
  isEncoding(name: unknown): boolean;
}

interface TextEncoder {
  encode(text: string): Uint8Array<ArrayBuffer>;
}
interface TextDecoder {
  readonly encoding: string;
  readonly fatal: boolean;
  readonly ignoreBOM: boolean;
  decode(bytes?: unknown, options?: { readonly stream: boolean }): string;
}

interface EventTarget {
  addEventListener(type: string, listener: unknown, options?: unknown): void;
  removeEventListener(type: string, listener: unknown): void;
  dispatchEvent(event: object): boolean;
}

/** Node's EventEmitter. */
export interface Emitter {
  emit(event: string, ...args: unknown[]): boolean;
  once(event: string, listener: (...args: never[]) => void): unknown;
}
/** A Node stream. */
interface Stream extends Emitter {
  readonly destroyed: boolean;
  destroy(error?: unknown): unknown;
}
export interface Readable extends Stream {
  readonly readableEnded: boolean;
  push(chunk: unknown): boolean;
  resume(): unknown;
  listenerCount(event: string): number;
}
export interface Writable extends Stream {
  readonly writableFinished: boolean;
  readonly writableEnded: boolean;
  write(chunk: unknown, encoding?: string, callback?: (error?: unknown) => void): boolean;
  end(...args: unknown[]): unknown;
}
export interface Transform extends Writable {
  readonly writableLength: number;
  push(chunk: unknown): boolean;
}
/** A class of before `class`: it can also be called on an object. */
export interface OldClass<T> {
  new (options?: object): T;
  (this: unknown, ...args: unknown[]): unknown;
  readonly prototype: object;
}

/** Writes an object that stands for one of Node's into the arguments of a call. */
export type Written = (put: (bytes: Uint8Array) => [offset: number, length: number]) => Wire;

/** Creates the object that stands for one of Node's from its handle. */
export interface Makers {
  key(handle: number, facts: KeyFacts & { asymmetricKeyDetails?: unknown }): object;
  secret(bytes: Uint8Array): object;
  cryptoKey(handle: number, facts: Omit<CryptoKeyFacts, 'algorithm'> & { algorithm: unknown }): object;
}

/** A whole body: see `fetch/content.ts`. */
interface WholeBody {
  text(): string;
  latin1(): string;
  bytes(): Uint8Array<ArrayBuffer>;
}

/** Undoes the content codings of a body, part by part; the last call has no part. */
export type Decode = (part: string | undefined) => Uint8Array[];

interface FileLike {
  readonly name: string;
  readonly type: string;
}
/** What a form is made of. */
export type FormEntry = readonly [name: string, value: string | FileLike];

/** Compares keys, by the modules that make them; undefined if the first object is not one of theirs. */
export interface KeyComparisons {
  sameKeyObjects?: (a: object, b: object) => boolean | undefined;
  sameCryptoKeys?: (a: object, b: object) => boolean | undefined;
}

/** The builtins that other builtins use, and what they use of them. */
export interface Parts {
  blob: {
    readonly Blob: new (parts: readonly unknown[], options?: { readonly type: string }) => object;
    readonly File: new (parts: readonly unknown[], name: string, options?: object) => object;
    /** A copy of a Blob or a File; `undefined` for another object. */
    copyOf(value: object): object | undefined;
  };
  buffer: { readonly Buffer: BufferClass };
  crypto: {
    createHash(algorithm: string): {
      update(bytes: Uint8Array): { digest(encoding: string): string };
    };
  };
  'deep-equal': { isDeepStrictEqual(a: unknown, b: unknown): boolean };
  egress: {
    readonly client: EgressClient;
    /** The error for a request if egress is off. */
    refusal(target: string): CodedError | undefined;
  };
  'event-target': {
    readonly AbortController: new () => object;
    readonly AbortSignal: { new (): object; any(signals: readonly unknown[]): object };
    readonly DOMException: new (message: string, name: string) => Error;
    readonly Event: new (type: string) => object;
    readonly EventTarget: new () => EventTarget;
  };
  events: OldClass<Emitter>;
  'fetch-extras': {
    decodeDataUrl(url: string): { readonly type: string; readonly latin1: string } | undefined;
    decoder(codings: string): Decode;
    encodeForm(form: object): { readonly blob: object; readonly boundary: string };
    matches(content: WholeBody, metadata: string): boolean;
    parseForm(content: WholeBody, contentType: string | null): object;
    refererOf(referrer: UrlParts, policy: string, current: UrlParts): string | undefined;
    serializedMimeType(contentType: string): string;
  };
  'form-data': {
    entriesOf(form: object): readonly FormEntry[];
    formOf(entries: readonly FormEntry[]): object;
  };
  http: { readonly Agent: unknown; readonly ClientRequest: new (...args: unknown[]) => { end(): unknown } };
  inspect: {
    readonly inspect: ((value: unknown, options?: object) => string) & {
      readonly colors: Readonly<Record<string, readonly [on: number, off: number] | undefined>>;
    };
    format(...args: unknown[]): string;
    readonly formatWithOptions: unknown;
    readonly stripVTControlCharacters: unknown;
  };
  /** Calls Node's own functions: see `node/native.ts`. */
  native: {
    call(operation: OperationName, ...args: unknown[]): unknown;
    /** Calls an operation on lent bytes. */
    // oxlint-disable-next-line typescript/no-unnecessary-type-parameters -- the operation says what it gives
    fast<T extends Primitive>(
      operation: LentOperation,
      a?: Lendable,
      b?: Lendable,
      c?: Lendable,
      d?: Lendable,
      e?: Lendable,
    ): T;
    /** The bytes of a result of `fast`; to be called at once. */
    bytesOfResult(result: string | number): Uint8Array<ArrayBuffer>;
    start(
      done: (error: unknown, value?: unknown) => void,
      operation: OperationName,
      ...args: unknown[]
    ): void;
    /** Drops the object behind a handle once the object that stands for it is collected. */
    track(object: object, handle: number): void;
    has(operation: OperationName): boolean;
    readonly written: WeakMap<object, Written>;
    readonly makers: Partial<Makers>;
    readonly keyComparisons: KeyComparisons;
    /** Compares objects that stand for keys; undefined for other objects. */
    sameKeys(a: object, b: object): boolean | undefined;
    /** Whether two arrays of the same length have the same bytes. */
    sameBytes(a: Uint8Array, b: Uint8Array): boolean;
  };
  'parse-args': { parseArgs(config: unknown): unknown };
  path: { resolve(path: string): string };
  process: { readonly stdout: unknown; readonly stderr: unknown };
  stream: {
    readonly Readable: OldClass<Readable>;
    readonly Writable: OldClass<Writable>;
    readonly Transform: OldClass<Transform>;
    finished(stream: object, callback: unknown): unknown;
  };
  'structured-clone': { structuredClone(value: unknown, options?: object): unknown };
  'text-coding': {
    readonly TextEncoder: new () => TextEncoder;
    readonly TextDecoder: new (label?: unknown, options?: object) => TextDecoder;
  };
  timers: { setImmediate(run: () => void): void };
  url: {
    readonly URL: new (url: string) => object;
    fileURLToPath(url: string): string;
    readonly URLSearchParams: new (query: string) => Iterable<readonly [name: string, value: string]>;
  };
  'web-streams': {
    readonly ReadableStream: new (source: object) => object;
    readonly TransformStream: new () => object;
    readonly WritableStream: new (sink: object) => object;
  };
  webcrypto: { readonly crypto: { readonly subtle: unknown } };
  zlib: { readonly constants: Readonly<Record<string, number>> };
}

/**
 * Another builtin of the same context, evaluated at its first use. A script has the same object if it may require the
 * module, and can replace its members: a part gets no function of the host, and code that decides something for the host
 * does not ask one.
 */
export function part<N extends keyof Parts>(name: N): Parts[N] {
  return require(name) as Parts[N];
}
