import { Readable } from 'node:stream';
import type { EgressLimits } from './egress.options.js';
import { passed } from './errors.js';

/** The body of a request, on its way from the script to the host. */
export class Upload {
  /** What is sent. */
  readonly stream: Readable;
  #bytes = 0;
  #held = 0;

  /** @param taken called with a number of bytes that have found their place: as many more may come */
  constructor(
    private readonly limits: Pick<EgressLimits, 'maxRequestBytes'>,
    private readonly at: string,
    private readonly taken: (bytes: number) => void,
  ) {
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
    if (this.stream.push(chunk)) this.#release();
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
