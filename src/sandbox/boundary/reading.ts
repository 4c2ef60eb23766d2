import type { Exchange } from './egress/exchanges.js';

/** What of a response was taken and is not asked for yet: the gateway sends no more than so much. */
export class Reading {
  #held = 0;

  constructor(private readonly exchange: () => Exchange) {}

  /** @param flows whether more may come at once */
  got(bytes: number, flows: boolean): void {
    this.#held += bytes;
    if (flows) this.more();
  }

  more(): void {
    const bytes = this.#held;
    this.#held = 0;
    if (bytes > 0) this.exchange().consumed(bytes);
  }
}
