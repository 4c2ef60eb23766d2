import type { Socket } from 'node:net';
import { type Frame, FrameReader } from '../../boundary/frames.js';
import { PIPE, READ_BYTES, exit } from './pipe.js';

/**
 * What hears of each frame.
 * @returns whether a script now waits for what may come
 */
export type Take = (frame: Frame) => boolean;

/** Hears of frames for as long as the process lives, while it does other things. */
export function listenOnSocket(take: (frame: Frame) => unknown, SocketOf: typeof Socket): void {
  const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
  const socket = new SocketOf({
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
