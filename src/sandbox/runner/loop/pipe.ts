import { writeSync } from 'node:fs';
import process from 'node:process';
import { encodeFrame } from '../../boundary/frames.js';

/** The descriptor that the gateway's pipe has in a runner process. */
export const PIPE = 3;
export const READ_BYTES = 65_536;

/** Taken before a script, which may find another one in its place. None of what it would do at the end is done. */
export const exit = Reflect.get(process, 'reallyExit').bind(process) as typeof process.exit;

/** The runner's end of the pipe, to write; when the gateway's end closes, the process ends. */
export class Pipe {
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));

  /**
   * Writes at once and wholly: what a script said before it began to loop must have been said, and a script
   * that says too much waits here for the gateway to read.
   */
  send(kind: number, text: string): void {
    const bytes = encodeFrame(kind, text);
    let written = 0;
    while (written < bytes.length) {
      try {
        written += writeSync(PIPE, bytes, written);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') exit(1);
        Atomics.wait(this.#pause, 0, 0, 1);
      }
    }
  }
}
