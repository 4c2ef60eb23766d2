/* oxlint-disable no-underscore-dangle -- names of Node's, see Engine */
import type { EventEmitter } from 'node:events';
import * as zlib from 'node:zlib';
import { ZLIB_CLASSES, zlibFunction } from '../../boundary/node-functions.js';
import { Stateful } from './encode.js';
import type { Handles } from './handles.js';
import { type Operations, direct, now, operationsOf } from './operation.js';

/** Most bytes that one call gives. A few bytes can stand for gigabytes; a script that needs as much streams. */
const MAX_OUTPUT_BYTES = 128 * 1024 * 1024;

/** Largest piece that output is made in: each stream takes one at once, and what it gives is the same. */
const MAX_CHUNK_BYTES = 16 * 1024 * 1024;

const SYNC_FUNCTIONS = ZLIB_CLASSES.map((kind) => `${zlibFunction(kind)}Sync` as const);

/** What Node's compressing streams are inside, in every supported version; npm's own `minizlib` holds on to it. */
interface Engine extends EventEmitter {
  /** Set at once, before its event. */
  readonly errored: Error | null;
  _handle: { close: () => void; params: (level: unknown, strategy: unknown) => void } | null;
  _processChunk(chunk: unknown, flushFlag: unknown): Buffer;
  reset(): void;
  close(): void;
}

/** A stream that is worked chunk by chunk, in the turn of the script. */
class Stream {
  readonly #engine: Engine;
  readonly #handle: Engine['_handle'];
  readonly #close: (() => void) | undefined;

  constructor(engine: Engine) {
    this.#engine = engine;
    this.#handle = engine._handle;
    // Also sent as an event, which would end the process.
    engine.on('error', () => undefined);
    if (this.#handle === null) return;
    // Working a chunk in one turn ends with closing what it was worked with, which is to go on here.
    this.#close = this.#handle.close;
    this.#handle.close = () => undefined;
  }

  write(chunk: unknown, flushFlag: unknown): Buffer {
    if (!Buffer.isBuffer(chunk) || typeof flushFlag !== 'number') throw new TypeError('invalid chunk');
    try {
      // Its memory is used again for the next chunk.
      return Buffer.from(this.#engine._processChunk(chunk, flushFlag));
    } finally {
      this.#engine._handle = this.#handle;
    }
  }

  params(level: unknown, strategy: unknown): void {
    if (typeof level !== 'number' || typeof strategy !== 'number')
      throw new TypeError('invalid level or strategy');
    this.#handle?.params(level, strategy);
    if (this.#engine.errored !== null) throw this.#engine.errored;
  }

  reset(): void {
    this.#engine.reset();
  }

  close(): void {
    if (this.#handle !== null && this.#close !== undefined) this.#handle.close = this.#close;
    this.#engine.close();
  }
}

const isStream = (object: object): object is Stream => object instanceof Stream;

export const ZLIB: Operations = {
  ...operationsOf('zlib', SYNC_FUNCTIONS, zlib, (call) =>
    now(([buffer, options, ...rest]) => call(buffer, bounded(options), ...rest)),
  ),
  ...operationsOf('zlib', ['crc32'], zlib, direct),
  ...operationsOf('zlib.create', ZLIB_CLASSES, zlib, (Class) =>
    now(([options]) => new Stateful(new Stream(Reflect.construct(Class, [bounded(options)]) as Engine))),
  ),
  'zlib.write': now(([handle, chunk, flush], handles) => streamOf(handle, handles).write(chunk, flush)),
  'zlib.params': now(([handle, level, strategy], handles) =>
    streamOf(handle, handles).params(level, strategy),
  ),
  'zlib.reset': now(([handle], handles) => streamOf(handle, handles).reset()),
  'zlib.close': now(([handle], handles) => {
    streamOf(handle, handles).close();
    handles.drop(handle);
  }),
  'zlib.constants': now(() => zlib.constants),
  'zlib.codes': now(() => ({ ...(zlib as unknown as { codes: object }).codes })),
};

function streamOf(handle: unknown, handles: Handles): Stream {
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
