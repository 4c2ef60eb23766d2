import type { EgressStream } from './egress-client.js';

/**
 * The receiving side of a request's flow control: counts the bytes of a response that nobody has asked for yet. The
 * gateway sends no more than a window beyond what was consumed.
 */
export class ReceiveWindow {
  #unread = 0;

  constructor(private readonly stream: () => EgressStream) {}

  /** @param flowing whether the reader takes more at once */
  received(bytes: number, flowing: boolean): void {
    this.#unread += bytes;
    if (flowing) this.release();
  }

  /** The reader wants more: the bytes that it has read no longer count. */
  release(): void {
    const bytes = this.#unread;
    this.#unread = 0;
    if (bytes > 0) this.stream().consumed(bytes);
  }
}
