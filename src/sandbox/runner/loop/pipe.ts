import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import process from 'node:process';
import { encodeFrame, encodeParts, type Frame, FrameReader } from '../../boundary/frames.js';

/** The descriptor of the gateway's pipe in a runner process. */
export const PIPE = 3;
export const READ_BYTES = 65_536;

/** Taken before a script, which may replace it. Skips everything that Node does at exit. */
export const exit = Reflect.get(process, 'reallyExit').bind(process) as typeof process.exit;

/** The runner's end of the pipe, for writing; when the gateway's end closes, the process ends. */
export class Pipe {
  readonly #pause = new Int32Array(new SharedArrayBuffer(4));

  /**
   * Writes the whole frame at once: what a script printed before it began to loop must have arrived, and a script that
   * prints too much waits here for the gateway to read.
   */
  send(kind: number, text: string): void {
    this.#write(encodeFrame(kind, text));
  }

  /** The same of bytes that are no text. */
  sendBytes(kind: number, content: Uint8Array): void {
    for (const part of encodeParts(kind, [content])) this.#write(part);
  }

  #write(bytes: Uint8Array): void {
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

/**
 * Handles a frame.
 * @returns whether a script now waits for what may come
 */
export type OnFrame = (frame: Frame) => boolean;

/** Reads frames for as long as the process lives, while it does other things. */
export function listenOnSocket(onFrame: (frame: Frame) => unknown, SocketOf: typeof Socket): void {
  const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
  const socket = new SocketOf({
    fd: PIPE,
    readable: true,
    writable: false,
    onread: {
      buffer: Buffer.allocUnsafe(READ_BYTES),
      callback: (length: number, buffer: Buffer) => {
        reader.push(buffer.subarray(0, length), onFrame);
        return true;
      },
    },
  } as ConstructorParameters<typeof Socket>[0]);
  socket.on('close', () => exit(0));
  socket.on('error', () => exit(1));
  socket.resume();
}
