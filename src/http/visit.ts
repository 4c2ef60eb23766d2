import type { Identity } from '../auth/index.js';
import type { MemoryBudget } from '../memory-budget/index.js';
import type { Delivery, PendingRequest } from '../runtime/index.js';

/** An admitted request, from its head to the end of its answer. */
export class Visit implements PendingRequest {
  /** Length of the body; known when it was read. */
  requestBytes = 0;
  readonly #receivedAt = performance.now();
  readonly #gone = new AbortController();
  #bodyBytes = 0;
  #answerBytes = 0;
  /** What still comes of the body is discarded. */
  #isOver = false;
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
    if (this.#isOver) return true;
    if (!this.memory.take(this.identity.tenant, bytes)) return false;
    this.#bodyBytes += bytes;
    return true;
  }

  releaseBody(): void {
    this.memory.release(this.identity.tenant, this.#bodyBytes);
    this.#bodyBytes = 0;
  }

  /**
   * Sets how many bytes of the answer wait for the client, until {@link release}.
   * @returns false when the tenant cannot have so many: the answer is to be dropped
   */
  holdAnswer(bytes: number): boolean {
    const more = bytes - this.#answerBytes;
    const { tenant } = this.identity;
    if (this.#gone.signal.aborted) return true;
    if (more > 0 && !this.memory.take(tenant, more)) return false;
    if (more < 0) this.memory.release(tenant, -more);
    this.#answerBytes = bytes;
    return true;
  }

  /** Nothing of the request or its answer is kept any more. */
  release(): void {
    this.releaseBody();
    this.memory.release(this.identity.tenant, this.#answerBytes);
    this.#answerBytes = 0;
  }

  /** Aborted when the client goes away before it has the whole answer. */
  get closed(): AbortSignal {
    return this.#gone.signal;
  }

  leave(): void {
    this.#isOver = true;
    this.release();
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
    this.#isOver = true;
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
