import { Readable } from 'node:stream';
import { bytesOf, jsonParts } from '../json-text/index.js';
import { chunks } from './reply.js';

/** Interval of comment lines: proxies close idle connections. */
const HEARTBEAT_MS = 15_000;

/** Server-sent events (`text/event-stream`) of one execution. */
export class EventStream extends Readable {
  /** Total bytes of all events. */
  bytes = 0;
  readonly #heartbeat: NodeJS.Timeout;
  #started = false;
  /** Shared by all waiting writers, for instance many console lines. */
  #reading: Promise<void> | undefined;
  #onRead: (() => void) | undefined;

  /**
   * @param onStart called before the first event is sent
   * @param reserve called with the number of buffered bytes; the stream ends if it returns false
   */
  constructor(
    private readonly onStart: (stream: EventStream) => void,
    private readonly reserve: (bytes: number) => boolean = () => true,
  ) {
    super();
    this.#heartbeat = setInterval(() => void this.#write(':\n\n'), HEARTBEAT_MS);
    this.#heartbeat.unref();
  }

  get started(): boolean {
    return this.#started;
  }

  /**
   * Sends an event.
   * @param data sent as JSON
   * @returns `undefined` while the client keeps up; otherwise a promise that resolves when the client has read the
   * buffered bytes or has disconnected (back-pressure)
   */
  event(name: string, data: unknown): Promise<void> | undefined {
    const event = bytesOf([`event: ${name}\ndata: `, ...jsonParts(data), '\n\n']);
    return this.#write(event) ? undefined : this.#drained();
  }

  end(): void {
    clearInterval(this.#heartbeat);
    this.push(null);
  }

  override _read(): void {
    this.reserve(this.readableLength);
    this.#reading = undefined;
    this.#onRead?.();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    clearInterval(this.#heartbeat);
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
    const bytes = typeof text === 'string' ? Buffer.from(text) : text;
    this.bytes += bytes.length;
    let keepsUp = true;
    for (const chunk of chunks(bytes)) keepsUp = this.push(chunk);
    if (!this.#started) {
      this.#started = true;
      this.onStart(this);
    }
    if (!this.reserve(this.readableLength)) this.destroy();
    return keepsUp;
  }
}
