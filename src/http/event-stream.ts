import { Readable } from 'node:stream';
import { bytesOf, jsonParts } from '../json-text/index.js';
import { slices } from './slices.js';

/** A comment each so often: proxies end connections on which nothing moves. */
const HEARTBEAT_MS = 15_000;

/** Events of one execution, as `text/event-stream` has them. */
export class EventStream extends Readable {
  /** Of all events so far. */
  bytes = 0;
  readonly #heart: NodeJS.Timeout;
  #begun = false;
  /** Shared by all who wait, many lines of a flood. */
  #reading: Promise<void> | undefined;
  #onRead: (() => void) | undefined;

  /**
   * @param begin called with the first event: nothing is sent before
   * @param hold told how many bytes wait for the client; false when there may not be so many, and the stream ends
   */
  constructor(
    private readonly begin: (stream: EventStream) => void,
    private readonly hold: (bytes: number) => boolean = () => true,
  ) {
    super();
    this.#heart = setInterval(() => void this.#write(':\n\n'), HEARTBEAT_MS);
    this.#heart.unref();
  }

  get begun(): boolean {
    return this.#begun;
  }

  /**
   * @param data as JSON
   * @returns nothing while the client keeps up; else it resolves when it has read what was sent, or has gone
   */
  event(name: string, data: unknown): Promise<void> | undefined {
    const event = bytesOf([`event: ${name}\ndata: `, ...jsonParts(data), '\n\n']);
    return this.#write(event) ? undefined : this.#drained();
  }

  end(): void {
    clearInterval(this.#heart);
    this.push(null);
  }

  override _read(): void {
    this.hold(this.readableLength);
    this.#reading = undefined;
    this.#onRead?.();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearInterval(this.#heart);
    this.#onRead?.();
    callback(error);
  }

  #drained(): Promise<void> | undefined {
    if (this.destroyed) return undefined;
    return (this.#reading ??= new Promise<void>((resolve) => {
      this.#onRead = resolve;
    }));
  }

  #write(text: string | Buffer): boolean {
    const chunk = typeof text === 'string' ? Buffer.from(text) : text;
    this.bytes += chunk.length;
    let keepsUp = true;
    for (const slice of slices(chunk)) keepsUp = this.push(slice);
    if (!this.#begun) {
      this.#begun = true;
      this.begin(this);
    }
    if (!this.hold(this.readableLength)) this.destroy();
    return keepsUp;
  }
}
