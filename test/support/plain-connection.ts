import type { Connection } from '../../src/protocol/connection.js';

/** A connection that is a plain object: remembers what was done to it, and sends as fast as the test says. */
export class PlainConnection implements Connection {
  bufferedAmount = 0;
  bytesRead = 0;
  /** Whether sent frames stay in the buffer, as with a client that does not read. */
  stuck = false;
  paused = false;
  pings = 0;
  terminated = false;
  closing: { readonly code: number; readonly reason: string } | undefined;
  readonly frames: string[] = [];
  #flushed: (() => void)[] = [];

  send(frame: string | Buffer, flushed: () => void): void {
    this.frames.push(frame.toString());
    if (this.stuck) {
      this.bufferedAmount += frame.length;
      this.#flushed.push(flushed);
    } else {
      flushed();
    }
  }

  /** The client reads everything. */
  drain(): void {
    this.bufferedAmount = 0;
    for (const flushed of this.#flushed.splice(0)) flushed();
  }

  close(code: number, reason: string): void {
    this.closing = { code, reason };
  }

  terminate(): void {
    this.terminated = true;
  }

  pause(): void {
    this.paused = true;
  }

  resume(): void {
    this.paused = false;
  }

  pong(data: Buffer, flushed: () => void): void {
    this.send(`pong ${data.toString()}`, flushed);
  }

  ping(): void {
    this.pings++;
  }

  get messages(): unknown[] {
    return this.frames.filter((frame) => frame.startsWith('{')).map((frame) => JSON.parse(frame));
  }
}
