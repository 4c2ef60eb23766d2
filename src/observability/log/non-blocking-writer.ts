import { write, writeSync } from 'node:fs';

/** Maximum text that waits for a slow reader; further lines are dropped. */
const MAX_PENDING_CHARACTERS = 16 * 1024 * 1024;
const RETRY_MS = 50;
/** Maximum number of retries at process exit. */
const LAST_RETRIES = 20;

/**
 * Writes to a file descriptor without blocking the event loop, however slow the reader. Text that cannot be written (disk
 * full, reader gone) is dropped, without a retry.
 */
export class NonBlockingWriter {
  #pending: string[] = [];
  #pendingCharacters = 0;
  /** The buffer in flight, or waiting for a retry. */
  #current: Buffer | undefined;
  #inFlight = false;

  constructor(private readonly descriptor: number) {
    process.once('exit', () => this.#finish());
  }

  write(text: string): void {
    if (this.#pendingCharacters + text.length > MAX_PENDING_CHARACTERS) return;
    this.#pending.push(text);
    this.#pendingCharacters += text.length;
    if (this.#current === undefined) this.#next();
  }

  #next(): void {
    this.#current = this.#pending.length === 0 ? undefined : this.#takePending();
    if (this.#current !== undefined) this.#send(this.#current);
  }

  #takePending(): Buffer {
    const text = this.#pending.join('');
    this.#pending = [];
    this.#pendingCharacters = 0;
    return Buffer.from(text);
  }

  #send(buffer: Buffer): void {
    this.#inFlight = true;
    write(this.descriptor, buffer, (error, written) => {
      this.#inFlight = false;
      if (error?.code === 'EAGAIN') {
        setTimeout(() => this.#send(buffer), RETRY_MS).unref();
      } else if (error === null && written < buffer.length) {
        this.#current = buffer.subarray(written);
        this.#send(this.#current);
      } else {
        this.#next();
      }
    });
  }

  #finish(): void {
    let rest = this.#takePending();
    // A buffer in flight is either written by now or lost.
    if (this.#current !== undefined && !this.#inFlight) rest = Buffer.concat([this.#current, rest]);
    for (let retries = 0; rest.length > 0 && retries < LAST_RETRIES;) {
      try {
        rest = rest.subarray(writeSync(this.descriptor, rest));
      } catch (error) {
        if (!isFull(error)) return;
        retries += 1;
        Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
      }
    }
  }
}

/** Whether a pipe or a terminal is full. */
function isFull(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EAGAIN';
}
