import { Readable } from 'node:stream';
import type { EgressLimits } from './egress.options.js';
import { passed } from './errors.js';

/** The body of a request, on its way from the script to the host. */
export class Upload {
  /** What is sent. */
  readonly stream: Readable;
  #bytes = 0;
  #missing: number;
  #held = 0;

  /**
   * @param length that its headers say, if they do: what is written beyond it would be another request
   * @param taken called with a number of bytes that have found their place: as many more may come
   */
  constructor(
    private readonly limits: Pick<EgressLimits, 'maxRequestBytes'>,
    private readonly at: string,
    length: number | undefined,
    private readonly taken: (bytes: number) => void,
  ) {
    this.#missing = length ?? Infinity;
    this.stream = new Readable({ read: () => this.#release() });
    // Whoever reads it is told by undici; nobody may have begun to.
    this.stream.on('error', () => undefined);
  }

  /** @throws EgressFault when the body is too long */
  write(chunk: Buffer): void {
    this.#bytes += chunk.length;
    if (this.#bytes > this.limits.maxRequestBytes)
      throw passed(
        `the body for ${this.at} is longer than EGRESS_REQUEST_BYTES, which is ${this.limits.maxRequestBytes}`,
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
