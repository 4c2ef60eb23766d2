import type { DestinationStream } from 'pino';

/** Lines are written together: writing each by itself would cost more than all else of them. */
const BATCH_CHARACTERS = 16_384;
/** And no later than this. */
const FLUSH_MS = 50;

/** Collects lines for a moment, and for no longer than the process lives. */
export class BatchedLines implements DestinationStream {
  #lines: string[] = [];
  #characters = 0;
  #timer: NodeJS.Timeout | undefined;

  /** @param destination which must itself write all that it has when the process exits */
  constructor(private readonly destination: DestinationStream) {
    // Before the destination, which listens already, does so.
    process.prependListener('exit', () => this.#flush());
  }

  write(line: string): void {
    this.#lines.push(line);
    this.#characters += line.length;
    if (this.#characters >= BATCH_CHARACTERS) this.#flush();
    else this.#timer ??= setTimeout(() => this.#flush(), FLUSH_MS).unref();
  }

  #flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#lines.length === 0) return;
    const text = this.#lines.join('');
    this.#lines = [];
    this.#characters = 0;
    this.destination.write(text);
  }
}
