import type { ZlibClass } from '../../boundary/node-functions.js';
import { ZlibHandle } from './handle.js';

/** Flush flags of zlib. */
export const Z_NO_FLUSH = 0;
export const Z_FINISH = 4;

/** Bytes of one piece of output. */
const CHUNK = 16 * 1024;

/** A compression or decompression that is no Node stream. */
export class Engine {
  readonly #left = new Uint32Array(2);
  readonly #handle: ZlibHandle;

  constructor(kind: ZlibClass) {
    [this.#handle] = ZlibHandle.open(kind, undefined, this.#left);
  }

  /** Works on a chunk. @throws the error of the data */
  write(chunk: Uint8Array, flush: number, push: (output: Uint8Array) => void): void {
    let failure: Error | undefined;
    // oxlint-disable-next-line unicorn/prefer-add-event-listener -- as Node's handles, it is no EventTarget
    this.#handle.onerror = (message, errno, code) => {
      failure = Object.assign(new Error(message), { errno, code });
    };
    let at = 0;
    let left = 0;
    do {
      const output = new Uint8Array(CHUNK);
      const given = chunk.length - at;
      this.#handle.writeSync(flush, chunk, at, given, output, 0, CHUNK);
      if (failure !== undefined) throw failure;
      const [free = 0, unread = 0] = this.#left;
      left = free;
      at += given - unread;
      if (free < CHUNK) push(output.subarray(0, CHUNK - free));
    } while (left === 0);
  }

  close(): void {
    this.#handle.close();
  }
}
