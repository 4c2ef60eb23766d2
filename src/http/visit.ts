import type { Identity } from '../auth/index.js';
import type { MemoryBudget } from '../memory-budget/index.js';
import type { Delivery, Exchange } from '../runtime/index.js';

/** An admitted request, from its head to the end of its answer. */
export class Visit implements Exchange {
  /** Length of the body; known when it was read. */
  requestBytes = 0;
  readonly #receivedAt = performance.now();
  readonly #gone = new AbortController();
  #bodyBytes = 0;
  #answerBytes = 0;
  /** Nothing is kept any more: what of the body still comes is discarded. */
  #over = false;
  #listeners: ((delivery: Delivery) => void)[] = [];

  constructor(
    readonly identity: Identity,
    /** What a Duplex request has as its `ext`, as JSON text. */
    readonly ext: string | undefined,
    private readonly memory: MemoryBudget,
  ) {}

  /**
   * Takes memory for bytes of the body, until {@link releaseBody}.
   * @returns false when the tenant cannot have so many
   */
  takeBody(bytes: number): boolean {
    if (this.#over) return true;
    if (!this.memory.take(this.identity.tenant, bytes)) return false;
    this.#bodyBytes += bytes;
    return true;
  }

  releaseBody(): void {
    this.memory.release(this.identity.tenant, this.#bodyBytes);
    this.#bodyBytes = 0;
  }

  /**
   * Takes memory for bytes of the answer, until {@link releaseAnswer}: the client may read them late, or never.
   * @returns false when the tenant cannot have so many
   */
  takeAnswer(bytes: number): boolean {
    if (this.closed.aborted) return true;
    if (!this.memory.take(this.identity.tenant, bytes)) return false;
    this.#answerBytes += bytes;
    return true;
  }

  releaseAnswer(): void {
    this.memory.release(this.identity.tenant, this.#answerBytes);
    this.#answerBytes = 0;
  }

  /** Aborted when the client goes away before it has the whole answer. */
  get closed(): AbortSignal {
    return this.#gone.signal;
  }

  leave(): void {
    this.#over = true;
    this.releaseBody();
    this.releaseAnswer();
    this.#gone.abort();
  }

  onSettled(listener: (delivery: Delivery) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * The whole answer was handed to the socket.
   * @param code of the error that it is; `undefined` for a result
   */
  settle(code: number | undefined, replyBytes: number): void {
    this.#over = true;
    this.releaseBody();
    const delivery = {
      code,
      receivedAt: this.#receivedAt,
      answeredAt: performance.now(),
      requestBytes: this.requestBytes,
      replyBytes,
    };
    for (const listener of this.#listeners.splice(0)) listener(delivery);
  }
}
