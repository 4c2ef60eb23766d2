import { writeSync } from 'node:fs';
import { Socket } from 'node:net';
import process from 'node:process';
import { type Frame, FrameReader, encodeFrame } from './frames.js';

/** The descriptor that the gateway's pipe has in a runner process. */
const PIPE = 3;
const READ_BYTES = 65_536;

/** Taken before a script, which may find another one in its place. */
export const exit = process.exit.bind(process);

/** The runner's end of the pipe. When the gateway's end closes, the process ends. */
export class Pipe {
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));

  listen(take: (frame: Frame) => void): void {
    const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
    const socket = new Socket({
      fd: PIPE,
      readable: true,
      writable: false,
      onread: {
        buffer: Buffer.allocUnsafe(READ_BYTES),
        callback: (length: number, buffer: Buffer) => {
          reader.push(buffer.subarray(0, length), take);
          return true;
        },
      },
    } as ConstructorParameters<typeof Socket>[0]);
    socket.on('close', () => exit(0));
    socket.on('error', () => exit(1));
    socket.resume();
  }

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
