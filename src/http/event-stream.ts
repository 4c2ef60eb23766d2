import { Readable } from 'node:stream';

/** A comment each so often: proxies end connections on which nothing moves. */
const HEARTBEAT_MS = 15_000;

/** Events of one execution, as `text/event-stream` has them. */
export class EventStream extends Readable {
  /** Of all events so far. */
  bytes = 0;
  readonly #heart: NodeJS.Timeout;
  #begun = false;
  #onRead: (() => void) | undefined;

  /** @param begin called with the first event: nothing is sent before */
  constructor(private readonly begin: (stream: EventStream) => void) {
    super();
    this.#heart = setInterval(() => void this.#write(':\n\n'), HEARTBEAT_MS);
    this.#heart.unref();
  }

  get begun(): boolean {
    return this.#begun;
  }

  /**
   * @param data as JSON
   * @returns whether the client keeps up; when not, `drained` tells when it does again
   */
  event(name: string, data: unknown): boolean {
    return this.#write(`event: ${name}\ndata: ${JSON.stringify(data)}\n\n`);
  }

  /** Resolves when the client has read what was sent, or has gone. */
  async drained(): Promise<void> {
    if (this.destroyed || this.readableLength < this.readableHighWaterMark) return;
    await new Promise<void>((resolve) => {
      this.#onRead = resolve;
    });
  }

  end(): void {
    clearInterval(this.#heart);
    this.push(null);
  }

  override _read(): void {
    this.#onRead?.();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearInterval(this.#heart);
    this.#onRead?.();
    callback(error);
  }

  #write(text: string): boolean {
    const chunk = Buffer.from(text);
    this.bytes += chunk.length;
    const keepsUp = this.push(chunk);
    if (!this.#begun) {
      this.#begun = true;
      this.begin(this);
    }
    return keepsUp;
  }
}
