import { Readable } from 'node:stream';
import type { EgressLimits } from './egress.options.js';
import { limitExceeded } from './errors.js';

/** The request body, streamed from the script to the host. */
export class Upload {
  /** The bytes to send. */
  readonly stream: Readable;
  #bytes = 0;
  #missing: number;
  #held = 0;

  /**
   * @param length `content-length`, if given: anything written beyond it would be parsed as another request
   * @param taken back-pressure: called with the number of bytes that were consumed; as many more may come
   */
  constructor(
    private readonly limits: Pick<EgressLimits, 'maxRequestBytes'>,
    private readonly at: string,
    length: number | undefined,
    private readonly taken: (bytes: number) => void,
  ) {
    this.#missing = length ?? Infinity;
    // In object mode undici does not take what is there for the whole body, and a length for its header.
    this.stream = new Readable({ read: () => this.#release(), objectMode: true, highWaterMark: 1 });
    // undici reports the error to its reader; there may be none yet.
    this.stream.on('error', () => undefined);
  }

  /** @throws EgressFault if the body is too large */
  write(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.limits.maxRequestBytes)
      throw limitExceeded(
        `the request body for ${this.at} is larger than EGRESS_REQUEST_BYTES (${this.limits.maxRequestBytes})`,
      );
    this.#held += chunk.length;
    const part = chunk.subarray(0, this.#missing);
    this.#missing -= part.length;
    if (part.length === 0 || this.stream.push(part)) this.#release();
  }

  get bytes(): number {
    return this.#bytes;
  }

  end(): void {
    this.stream.push(null);
  }

  #release(): void {
    if (this.#held === 0) return;
    const bytes = this.#held;
    this.#held = 0;
    this.taken(bytes);
  }
}
