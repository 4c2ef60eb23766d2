import { native } from '../kit/native-calls.js';
import type { Held } from '../kit/wire-decode.js';

/** Input that Node gets at a time, so that what it gives is bounded, too. */
const SLICE = 64 * 1024;

/** A compressing or decompressing state of Node's. */
export class Engine {
  readonly #handle: number;
  #isClosed = false;

  constructor(owner: object, kind: string, options: unknown) {
    const { handle } = native.call(`zlib.create.${kind}`, options) as Held;
    native.track(owner, handle);
    this.#handle = handle;
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Works a chunk; the flag counts for its end. */
  write(
    chunk: Uint8Array,
    noFlush: number,
    flushFlag: number,
    push: (output: Uint8Array) => void,
    isDone: () => boolean = () => false,
  ): void {
    let at = 0;
    do {
      const slice = chunk.subarray(at, at + SLICE);
      at += slice.length;
      const flag = at < chunk.length ? noFlush : flushFlag;
      const output = native.call('zlib.write', this.#handle, slice, flag) as Uint8Array;
      if (output.length > 0) push(output);
    } while (at < chunk.length && !isDone());
  }

  params(level: number, strategy: number): void {
    native.call('zlib.params', this.#handle, level, strategy);
  }

  reset(): void {
    native.call('zlib.reset', this.#handle);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    native.call('zlib.close', this.#handle);
  }
}
