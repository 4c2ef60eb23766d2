/* oxlint-disable no-underscore-dangle -- names of Node's, see Engine */
import * as zlib from 'node:zlib';
import { ZLIB_CLASSES, type ZlibClass, zlibFunction } from '../../boundary/node-functions.js';
import { Stateful } from './encode.js';
import { functionShapes } from './function-shapes.js';
import type { Handles } from './handles.js';
import { type Operations, direct, now, operationsOf } from './operation.js';

/** Most bytes that one call gives. A few bytes can stand for gigabytes; a script that needs as much streams. */
export const MAX_OUTPUT_BYTES = 128 * 1024 * 1024;

/** Largest piece that output is made in: each stream takes one at once, and what it gives is the same. */
const MAX_CHUNK_BYTES = 16 * 1024 * 1024;

const SYNC_FUNCTIONS = ZLIB_CLASSES.map((kind) => `${zlibFunction(kind)}Sync` as const);

/** The greatest flush flag of each family. Node does not check: for a greater one it ends the process, or never returns. */
const MAX_FLUSH_FLAG = { Z: 5, Brotli: 3, Zstd: 2 } as const;

function maxFlushFlag(kind: ZlibClass): number {
  if (kind.startsWith('Brotli')) return MAX_FLUSH_FLAG.Brotli;
  return kind.startsWith('Zstd') ? MAX_FLUSH_FLAG.Zstd : MAX_FLUSH_FLAG.Z;
}

/** What Node's compressing streams are inside, in every supported version; npm's own `minizlib` holds on to it. */
interface Engine {
  readonly _handle: Handle;
  /** What a write has left: of the output, and of the input. */
  readonly _writeState: Uint32Array;
  readonly _chunkSize: number;
  readonly _defaultFlushFlag: number;
  readonly _finishFlushFlag: number;
  readonly _defaultFullFlushFlag: number;
  readonly _maxOutputLength: number;
  readonly _level?: number;
  readonly _strategy?: number;
}
interface Handle {
  onerror: (message: string, errno: number, code: string) => void;
  writeSync(
    flush: unknown,
    input: Uint8Array,
    inOffset: number,
    inLength: number,
    output: Uint8Array,
    outOffset: number,
    outLength: number,
  ): void;
  params(level: number, strategy: number): void;
  reset(): void;
  close(): void;
}

type Failure = readonly [message: string, errno: number, code: string];

/** The state of a compression or decompression, without the stream that Node has around it. */
class Stream {
  readonly #engine: Engine;
  readonly #handle: Handle;
  #failure: Failure | undefined;

  constructor(
    engine: Engine,
    private readonly maxFlag: number,
  ) {
    this.#engine = engine;
    this.#handle = engine._handle;
    // In the place of Node's, which destroys the stream.
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- Node's handle is no EventTarget
    this.#handle.onerror = (...failure) => (this.#failure = failure);
  }

  /** What Node has made of the options. */
  get settings(): Readonly<Record<string, number | undefined>> {
    const engine = this.#engine;
    return {
      chunkSize: engine._chunkSize,
      flush: engine._defaultFlushFlag,
      finishFlush: engine._finishFlushFlag,
      fullFlush: engine._defaultFullFlushFlag,
      maxOutputLength: engine._maxOutputLength,
      level: engine._level,
      strategy: engine._strategy,
    };
  }

  /**
   * Writes once. Node works on the bytes in place, and keeps none of them.
   * @param left gets what is left of the output and of the input, 32 bits each
   * @returns true, or an error of the data
   * @throws TypeError for arguments that Node would end the process for
   */
  write(flush: unknown, input: Buffer, output: Buffer, left: Buffer): true | string {
    const state = this.#engine._writeState;
    const isFlag =
      typeof flush === 'number' && Number.isInteger(flush) && flush >= 0 && flush <= this.maxFlag;
    if (!isFlag || left.length !== state.byteLength) throw new TypeError('invalid flush flag or state');
    this.#handle.writeSync(flush, input, 0, input.length, output, 0, output.length);
    const failure = this.#takeFailure();
    if (failure !== undefined) return `${failure[1]}\n${failure[2]}\n${failure[0]}`;
    left.set(new Uint8Array(state.buffer, state.byteOffset, state.byteLength));
    return true;
  }

  params(level: unknown, strategy: unknown): void {
    if (typeof level !== 'number' || typeof strategy !== 'number')
      throw new TypeError('invalid level or strategy');
    this.#handle.params(level, strategy);
    this.#check();
  }

  reset(): void {
    this.#handle.reset();
    this.#check();
  }

  close(): void {
    this.#handle.close();
  }

  #takeFailure(): Failure | undefined {
    const failure = this.#failure;
    this.#failure = undefined;
    return failure;
  }

  /** @throws the error that Node would destroy the stream with */
  #check(): void {
    const failure = this.#takeFailure();
    if (failure === undefined) return;
    const [message, errno, code] = failure;
    throw Object.assign(new Error(message), { errno, code });
  }
}

const isStream = (object: object): object is Stream => object instanceof Stream;

export const ZLIB: Operations = {
  ...operationsOf('zlib', SYNC_FUNCTIONS, zlib, (call) =>
    now(([buffer, options, ...rest]) => call(buffer, bounded(options), ...rest)),
  ),
  ...operationsOf('zlib', ['crc32'], zlib, direct),
  ...operationsOf('zlib.create', ZLIB_CLASSES, zlib, (Class, kind) =>
    now(([options]) => {
      const stream = new Stream(Reflect.construct(Class, [bounded(options)]) as Engine, maxFlushFlag(kind));
      return new Stateful(stream, stream.settings);
    }),
  ),
  'zlib.params': now(([handle, level, strategy], handles) =>
    streamOf(handle, handles).params(level, strategy),
  ),
  'zlib.reset': now(([handle], handles) => streamOf(handle, handles).reset()),
  'zlib.close': now(([handle], handles) => {
    streamOf(handle, handles).close();
    handles.drop(handle);
  }),
  'zlib.shape': now(() => functionShapes(zlib)),
  'zlib.constants': now(() => zlib.constants),
  'zlib.codes': now(() => ({ ...(zlib as unknown as { codes: object }).codes })),
};

export function streamOf(handle: unknown, handles: Handles): Stream {
  return handles.get(handle, isStream);
}

/** Node's own bound is the longest Buffer, which is more than a script may have. */
function bounded(options: unknown): unknown {
  if (options === undefined || options === null) return { maxOutputLength: MAX_OUTPUT_BYTES };
  if (typeof options !== 'object') return options;
  const { maxOutputLength, chunkSize } = options as {
    readonly maxOutputLength?: unknown;
    readonly chunkSize?: unknown;
  };
  const isLess = maxOutputLength !== undefined && !(Number(maxOutputLength) > MAX_OUTPUT_BYTES);
  // Otherwise Node gives the engine itself, too.
  return {
    ...options,
    info: false,
    ...(isLess ? {} : { maxOutputLength: MAX_OUTPUT_BYTES }),
    ...(typeof chunkSize === 'number' && chunkSize > MAX_CHUNK_BYTES && { chunkSize: MAX_CHUNK_BYTES }),
  };
}
