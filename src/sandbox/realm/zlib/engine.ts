import type { ZlibClass } from '../../boundary/node-functions.js';
import { native } from '../kit/native-calls.js';
import { openHandle } from '../kit/handle.js';

/** Bytes of input in one call, which bounds its output. */
const SLICE = 64 * 1024;

/** Node's state of a compression or decompression, in the runner. */
export class Engine {
  readonly #handle: number;
  #isClosed = false;

  constructor(owner: object, kind: ZlibClass, options: unknown) {
    this.#handle = openHandle(owner, `zlib.create.${kind}`, options);
  }

  get isClosed(): boolean {
    return this.#isClosed;
  }

  /** Processes a chunk; the flush flag applies to its end. */
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
