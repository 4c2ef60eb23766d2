import { invalidArgument } from '../../boundary/module-errors.js';
import { bytesOf } from '../../boundary/bytes-text.js';
import { Engine } from './engine.js';

type Callback = (error?: unknown) => void;
type Bytes = Uint8Array;

/** What is used of the context's own `stream.Transform`. */
interface TransformStream {
  readonly writableFinished: boolean;
  readonly writableEnded: boolean;
  readonly destroyed: boolean;
  push(chunk: unknown): boolean;
  write(chunk: unknown, encoding?: string, callback?: Callback): boolean;
  once(event: string, listener: (...args: never[]) => void): unknown;
  destroy(error?: unknown): unknown;
}

interface Options {
  readonly flush?: number;
  readonly finishFlush?: number;
  readonly level?: number;
  readonly strategy?: number;
}

/** Which flags of `zlib.constants` a class works with. */
export interface Flags {
  readonly none: number;
  readonly flush: number;
  readonly full: number;
  readonly finish: number;
}

const { Buffer } = require('buffer') as { Buffer: { alloc(size: number): Bytes } };

/** The class that all of zlib's are of; each has its kind of Node's engine and its flags. */
export function zlibBase() {
  const { Transform } = require('stream') as { Transform: new (options?: object) => TransformStream };
  /** Empty chunks that stand for a flush. */
  const flushes = new WeakMap<object, number>();

  return class ZlibBase extends Transform {
    bytesWritten = 0;
    readonly #engine: Engine;
    readonly #flags: Flags;
    readonly #flushFlag: number;
    readonly #finishFlag: number;
    #level: number;
    #strategy: number;

    constructor(kind: string, flags: Flags, options: Options | undefined) {
      super({ autoDestroy: true, ...options });
      this.#engine = new Engine(this, kind, options);
      this.#flags = flags;
      this.#flushFlag = options?.flush ?? flags.none;
      this.#finishFlag = options?.finishFlush ?? flags.finish;
      this.#level = options?.level ?? -1;
      this.#strategy = options?.strategy ?? 0;
    }

    get _closed(): boolean {
      return this.#engine.isClosed;
    }

    reset(): void {
      this.#engine.reset();
    }

    flush(kind?: unknown, callback?: unknown): void {
      const done = (typeof kind === 'function' ? kind : callback) as Callback | undefined;
      if (this.writableFinished || this.writableEnded) {
        if (done !== undefined) environment.queueMicrotask(done);
        return;
      }
      const chunk = Buffer.alloc(0);
      flushes.set(chunk, typeof kind === 'number' ? kind : this.#flags.full);
      this.write(chunk, '', done);
    }

    params(level: number, strategy: number, callback?: Callback): void {
      if (level === this.#level && strategy === this.#strategy) {
        if (callback !== undefined) environment.queueMicrotask(callback);
        return;
      }
      this.flush(this.#flags.flush, (error: unknown) => {
        if (error !== undefined && error !== null) return callback?.(error);
        this.#engine.params(level, strategy);
        this.#level = level;
        this.#strategy = strategy;
        callback?.();
      });
    }

    close(callback?: Callback): void {
      if (callback !== undefined) this.once('close', () => callback());
      this.destroy();
    }

    _transform(chunk: unknown, _encoding: unknown, callback: Callback): void {
      const flag = (chunk instanceof Uint8Array && flushes.get(chunk)) || this.#flushFlag;
      this.#work(bytesOf(chunk) ?? Buffer.alloc(0), flag, callback);
    }

    _flush(callback: Callback): void {
      this.#work(Buffer.alloc(0), this.#finishFlag, callback);
    }

    _destroy(error: unknown, callback: Callback): void {
      this.#engine.close();
      callback(error);
    }

    /** Many packages use it, though its name says not to. */
    _processChunk(chunk: unknown, flag: number, callback?: Callback): unknown {
      const bytes = bytesOf(chunk);
      if (bytes === undefined) throw invalidArgument('chunk', 'an instance of Buffer or TypedArray', chunk);
      if (callback !== undefined) return this.#work(bytes, flag, callback);
      const { concat } = (require('buffer') as { Buffer: { concat(list: Bytes[]): Bytes } }).Buffer;
      const outputs: Bytes[] = [];
      this.#write(bytes, flag, (output) => outputs.push(output));
      return outputs.length === 1 ? outputs[0] : concat(outputs);
    }

    #work(chunk: Bytes, flag: number, callback: Callback): void {
      try {
        this.#write(chunk, flag, (output) => this.push(output));
      } catch (error) {
        return callback(error);
      }
      callback();
    }

    #write(chunk: Bytes, flag: number, push: (output: Bytes) => void): void {
      this.bytesWritten += chunk.length;
      this.#engine.write(chunk, this.#flags.none, flag, push, () => this.destroyed);
    }
  };
}
