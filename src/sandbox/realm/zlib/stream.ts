/* oxlint-disable no-underscore-dangle -- names of Node's, which packages use */
import { coded, invalidArgument, outOfRange } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import type { ZlibClass } from '../../boundary/node-functions.js';
import { defineAccessor } from '../kit/define.js';
import { lazily } from '../kit/lazily.js';
import { type CallableClass, oldClass } from '../kit/old-class.js';
import { type Bytes, type Transform, part } from '../kit/parts.js';
import { type Settings, ZlibHandle } from './handle.js';

type Callback = (error?: unknown) => void;

interface Options {
  readonly encoding?: unknown;
  readonly objectMode?: unknown;
  readonly writableObjectMode?: unknown;
  readonly info?: unknown;
}

/** A stream of `zlib`, with the properties by which packages know Node's. */
export interface ZlibStream extends Transform {
  bytesWritten: number;
  _handle: ZlibHandle | null;
  _writeState: Uint32Array;
  _outBuffer: Bytes;
  _outOffset: number;
  _chunkSize: number;
  _defaultFlushFlag: number;
  _finishFlushFlag: number;
  _defaultFullFlushFlag: number;
  _info: unknown;
  _maxOutputLength: number;
  _level?: number | undefined;
  _strategy?: number | undefined;
  /** The error of the data, once there is one. */
  [failure]: Error | null;
  _read(size: number): void;
  _transform(chunk: unknown, encoding: unknown, callback: Callback): void;
  flush(kind?: unknown, callback?: unknown): void;
}

export type ZlibBaseClass = CallableClass<[options?: unknown], ZlibStream>;

const failure = Symbol('kError');
const { Buffer } = part('buffer');

/** Flush flags of zlib, from the weakest to the strongest: none, block, partial, sync, full, finish. */
const STRENGTH = [0, 5, 1, 2, 3, 4];
const SYNC_FLUSH = 2;
const LEVELS = [-1, 9] as const;
const STRATEGIES = [0, 4] as const;

/** Empty chunks that stand for a flush, each with its flag. */
const flushes = new Map<object, number>();
const flushChunks = STRENGTH.map((_, flag) => {
  const chunk = Buffer.alloc(0);
  flushes.set(chunk, flag);
  return chunk;
});

/** Makes `stream` a stream of a kind: what the constructors of all classes do. */
export function initialize(stream: ZlibStream, kind: ZlibClass, options: unknown): void {
  const left = new Uint32Array(2);
  const [handle, settings] = ZlibHandle.open(kind, options, left);
  Reflect.apply(part('stream').Transform, stream, [{ autoDestroy: true, ...streamOptions(options) }]);
  // oxlint-disable-next-line unicorn/prefer-add-event-listener -- as Node's handles, it is no EventTarget
  handle.onerror = (message, errno, code) => {
    const error = Object.assign(new Error(message), { errno, code });
    stream.destroy(error);
    stream[failure] = error;
  };
  Object.assign(stream, {
    _writeState: left,
    [failure]: null,
    bytesWritten: 0,
    _handle: handle,
    _outOffset: 0,
    ...ownProperties(settings),
    _info: (options as Options | undefined)?.info,
  });
  // Up to 16 MiB, which a stream that is not used does not need.
  lazily(stream, ['_outBuffer'], () => Buffer.allocUnsafe(settings.chunkSize));
}

/** Only bytes go through, whatever a script asks for. */
function streamOptions(given: unknown): object {
  const options = (given ?? {}) as Options;
  const isOther =
    Boolean(options.encoding) || Boolean(options.objectMode) || Boolean(options.writableObjectMode);
  return isOther ? { ...options, encoding: null, objectMode: false, writableObjectMode: false } : options;
}

function ownProperties({ level, strategy, ...settings }: Settings): object {
  return {
    _chunkSize: settings.chunkSize,
    _defaultFlushFlag: settings.flush,
    _finishFlushFlag: settings.finishFlush,
    _defaultFullFlushFlag: settings.fullFlush,
    _maxOutputLength: settings.maxOutputLength,
    ...(level !== undefined && { _level: level, _strategy: strategy }),
  };
}

/** Creates the base class of all classes of `zlib`. */
export function zlibBase(): ZlibBaseClass {
  const { Transform, finished } = part('stream');
  const Base = oldClass<[options?: unknown], ZlibStream>(
    'ZlibBase',
    function () {
      throw new TypeError('ZlibBase is not a constructor');
    },
    {
      reset(this: ZlibStream): void {
        if (this._handle === null) throw bindingClosed();
        this._handle.reset();
      },
      _flush(this: ZlibStream, callback: Callback): void {
        this._transform(Buffer.alloc(0), '', callback);
      },
      _final(callback: Callback): void {
        callback();
      },
      flush(this: ZlibStream, kind?: unknown, callback?: unknown): void {
        const isDefault = typeof kind === 'function' || (kind === undefined && callback === undefined);
        const done = (isDefault ? kind : callback) as Callback | undefined;
        if (this.writableFinished) {
          if (done !== undefined) environment.queueMicrotask(done);
        } else if (this.writableEnded) {
          if (done !== undefined) this.once('end', done);
        } else {
          this.write(flushChunks[isDefault ? this._defaultFullFlushFlag : (kind as number)], '', done);
        }
      },
      close(this: ZlibStream, callback?: unknown): void {
        if (callback !== undefined) finished(this, callback);
        this.destroy();
      },
      _destroy(this: ZlibStream, error: unknown, callback: Callback): void {
        close(this);
        callback(error);
      },
      _transform(this: ZlibStream, chunk: unknown, _encoding: unknown, callback: Callback): void {
        const bytes = bytesOf(chunk) ?? new Uint8Array();
        let flag = flushes.get(chunk as object) ?? this._defaultFlushFlag;
        if (this.writableEnded && this.writableLength === bytes.length)
          flag = stronger(flag, this._finishFlushFlag);
        process(this, bytes, flag, callback);
      },
      // Private in Node, and yet packages call it.
      _processChunk(this: ZlibStream, chunk: unknown, flag: number, callback?: unknown): unknown {
        const bytes = bytesOf(chunk);
        if (bytes === undefined) throw invalidArgument('chunk', 'an instance of Buffer or TypedArray', chunk);
        if (typeof callback !== 'function') return processSync(this, bytes, flag);
        process(this, bytes, flag, callback as Callback);
        return undefined;
      },
    },
    Transform,
  );
  defineAccessor(Base.prototype, '_closed', { get: closed }, true);
  defineAccessor(Base.prototype, 'bytesRead', { get: bytesWritten, set: setBytesWritten }, true);
  return Base;
}

function closed(this: ZlibStream): boolean {
  return !this._handle;
}

function bytesWritten(this: ZlibStream): number {
  return this.bytesWritten;
}

function setBytesWritten(this: ZlibStream, value: unknown): void {
  this.bytesWritten = value as number;
}

/** Methods of the classes that have a level and a strategy. */
export const levelMethods = {
  params(this: ZlibStream, level: unknown, strategy: unknown, callback?: Callback): void {
    inRange('level', level, LEVELS);
    inRange('strategy', strategy, STRATEGIES);
    if (this._level === level && this._strategy === strategy) {
      if (callback !== undefined) environment.queueMicrotask(callback);
      return;
    }
    this.flush(SYNC_FLUSH, () => {
      if (this._handle === null) throw bindingClosed();
      this._handle.params(level as number, strategy as number);
      if (this.destroyed) return;
      this._level = level as number;
      this._strategy = strategy as number;
      callback?.();
    });
  },
};

function inRange(name: string, value: unknown, [low, high]: readonly [number, number]): void {
  if (value === undefined || Number.isNaN(value)) return;
  if (typeof value !== 'number') throw invalidArgument(name, 'of type number', value);
  if (!Number.isFinite(value)) throw outOfRange(name, 'a finite number', value);
  if (!(value >= low && value <= high)) throw outOfRange(name, `>= ${low} and <= ${high}`, value);
}

function stronger(one: number, other: number): number {
  return STRENGTH.indexOf(one) > STRENGTH.indexOf(other) ? one : other;
}

/** Works on a chunk, and pushes what comes out; waits for the reader while it wants no more. */
function process(stream: ZlibStream, chunk: Uint8Array, flag: number, callback: Callback): void {
  let at = 0;
  const step = (): void => {
    for (;;) {
      const handle = stream._handle;
      if (!handle) return callback();
      const space = stream._chunkSize - stream._outOffset;
      const given = chunk.length - at;
      handle.writeSync(flag, chunk, at, given, stream._outBuffer, stream._outOffset, space);
      // An error has destroyed the stream, and is reported there.
      if (stream[failure] !== null) return;
      const [left = 0, unread = 0] = stream._writeState;
      at += given - unread;
      stream.bytesWritten += given - unread;
      const output = take(stream, space - left);
      const isFull = output !== undefined && !stream.push(output);
      if (stream.destroyed) return callback();
      if (left !== 0) {
        // Output space is left, and input, too: what follows the end of the compressed data.
        if (unread > 0) stream.push(null);
        return callback();
      }
      if (isFull) return waitForRead(stream, step);
    }
  };
  step();
}

/** Goes on at the next read. */
function waitForRead(stream: ZlibStream, step: () => void): void {
  const { _read: read } = stream;
  stream._read = function (size) {
    stream._read = read;
    step();
    stream._read(size);
  };
}

/** What was written at the end of the output; a full buffer is replaced. */
function take(stream: ZlibStream, length: number): Bytes | undefined {
  const { _outBuffer: buffer, _outOffset: offset } = stream;
  stream._outOffset += length;
  if (stream._outOffset >= stream._chunkSize) {
    stream._outOffset = 0;
    stream._outBuffer = Buffer.allocUnsafe(stream._chunkSize);
  }
  return length > 0 ? buffer.subarray(offset, offset + length) : undefined;
}

/** Works on the last chunk of a stream at once, and closes it. */
function processSync(stream: ZlibStream, chunk: Uint8Array, flag: number): Bytes {
  const outputs: Bytes[] = [];
  let length = 0;
  let at = 0;
  for (;;) {
    const handle = stream._handle;
    if (handle === null) throw bindingClosed();
    const space = stream._chunkSize - stream._outOffset;
    const given = chunk.length - at;
    handle.writeSync(flag, chunk, at, given, stream._outBuffer, stream._outOffset, space);
    if (stream[failure] !== null) throw stream[failure];
    const [left = 0, unread = 0] = stream._writeState;
    at += given - unread;
    const output = take(stream, space - left);
    if (output !== undefined) outputs.push(output);
    length += space - left;
    if (length > stream._maxOutputLength) {
      close(stream);
      throw tooLarge(stream._maxOutputLength);
    }
    if (left !== 0) break;
  }
  stream.bytesWritten = at;
  close(stream);
  return outputs.length === 1 ? (outputs[0] as Bytes) : Buffer.concat(outputs);
}

function close(stream: ZlibStream): void {
  stream._handle?.close();
  stream._handle = null;
}

function bindingClosed(): Error {
  return coded(new Error('zlib binding closed'), 'ERR_INTERNAL_ASSERTION');
}

function tooLarge(limit: number): Error {
  return coded(new RangeError(`Cannot create a Buffer larger than ${limit} bytes`), 'ERR_BUFFER_TOO_LARGE');
}
