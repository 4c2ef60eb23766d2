import { invalidArgument } from '../../boundary/coded-errors.js';
import { bytesOf } from '../../boundary/latin1.js';
import type { ZlibClass } from '../../boundary/node-functions.js';
import { part } from '../kit/parts.js';
import { Engine } from './engine.js';

type Callback = (error?: unknown) => void;
type Bytes = Uint8Array;

interface Options {
  readonly flush?: number;
  readonly finishFlush?: number;
  readonly level?: number;
  readonly strategy?: number;
}

/** The flush flags of a class, from `zlib.constants`. */
export interface Flags {
  readonly none: number;
  readonly flush: number;
  readonly full: number;
  readonly finish: number;
}

const { Buffer } = part('buffer');

/** Creates the base class of all classes of `zlib`. */
export function zlibBase() {
  const { Transform } = part('stream');
  /** Empty chunks that stand for a flush, with its flag. */
  const flushes = new WeakMap<object, number>();

  return class ZlibBase extends Transform {
    bytesWritten = 0;
    readonly #engine: Engine;
    readonly #flags: Flags;
    readonly #flushFlag: number;
    readonly #finishFlag: number;
    #level: number;
    #strategy: number;

    constructor(kind: ZlibClass, flags: Flags, options: Options | undefined) {
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

    /** A private method of Node that many packages call. */
    _processChunk(chunk: unknown, flag: number, callback?: Callback): unknown {
      const bytes = bytesOf(chunk);
      if (bytes === undefined) throw invalidArgument('chunk', 'an instance of Buffer or TypedArray', chunk);
      if (callback !== undefined) return this.#work(bytes, flag, callback);
      const outputs: Bytes[] = [];
      this.#write(bytes, flag, (output) => outputs.push(output));
      return outputs.length === 1 ? outputs[0] : Buffer.concat(outputs);
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
