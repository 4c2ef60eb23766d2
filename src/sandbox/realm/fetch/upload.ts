import { toLatin1 } from '../../boundary/latin1.js';
import type { EgressStream } from '../../boundary/egress/egress-client.js';
import type { Body } from './body.js';
import type { Content } from './content.js';
import type { StreamReader } from './web-stream.js';

/** Sends the body of a request. */
export class Upload {
  #isOver = false;
  #reader: StreamReader | undefined;
  #drained: (() => void) | undefined;

  /** @param failed called when the body cannot be read */
  constructor(
    private readonly body: Body,
    private readonly exchange: EgressStream,
    private readonly failed: (error: unknown) => void,
  ) {}

  start(): void {
    const { source } = this.body;
    if (source !== null) this.body.readAll((content) => this.#sendAll(content), this.#fail);
    else void this.#sendStream().catch(this.#fail);
  }

  /** The gateway takes more. */
  drained(): void {
    const drained = this.#drained;
    this.#drained = undefined;
    drained?.();
  }

  /** Nothing more is sent. */
  cancel(reason: unknown): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.drained();
    this.#reader?.cancel(reason).catch(() => undefined);
  }

  readonly #fail = (error: unknown): void => {
    if (this.#isOver) return;
    this.#isOver = true;
    this.failed(error);
  };

  #sendAll(content: Content): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.exchange.write(content.latin1());
    this.exchange.end();
  }

  async #sendStream(): Promise<void> {
    const reader = this.body.stream.getReader();
    this.#reader = reader;
    for (;;) {
      const { done, value } = await reader.read();
      if (this.#isOver) return;
      if (done) break;
      if (!(value instanceof Uint8Array)) throw new TypeError('Received non-Uint8Array chunk');
      if (!this.exchange.write(toLatin1(value)))
        await new Promise<void>((resolve) => (this.#drained = resolve));
      // Otherwise the body of a failed request would be read to its end.
      if (this.#isOver) return;
    }
    this.#isOver = true;
    this.exchange.end();
  }
}
