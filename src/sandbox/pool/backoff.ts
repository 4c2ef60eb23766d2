const FIRST_MS = 100;
const LONGEST_MS = 5000;

/** Waits longer after each failure to start a runner process, up to five seconds. */
export class Backoff {
  /** The last failure, until a start succeeds. */
  error: Error | undefined;
  #delay = FIRST_MS;
  #timer: NodeJS.Timeout | undefined;

  /** @param retry called when a wait is over */
  constructor(private readonly retry: () => void) {}

  /** Whether it is too early to try again. */
  get waiting(): boolean {
    return this.#timer !== undefined;
  }

  fail(error: Error): void {
    this.error = error;
    if (this.#timer !== undefined) return;
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      this.retry();
    }, this.#delay);
    this.#delay = Math.min(this.#delay * 2, LONGEST_MS);
  }

  reset(): void {
    this.error = undefined;
    this.#delay = FIRST_MS;
  }

  stop(): void {
    clearTimeout(this.#timer);
  }
}
