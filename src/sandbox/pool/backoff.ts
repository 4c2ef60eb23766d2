// One start alone may have failed by accident: it is repeated almost at once.
const FIRST_MS = 25;
const LONGEST_MS = 5000;

/** Waits longer after each failure to start a runner process, up to five seconds. */
export class Backoff {
  #failures = 0;
  #error: Error | undefined;
  #timer: NodeJS.Timeout | undefined;

  /** @param retry called when a wait is over */
  constructor(private readonly retry: () => void) {}

  /** The last failure, from the second in a row on: one alone may have been an accident. */
  get error(): Error | undefined {
    return this.#failures > 1 ? this.#error : undefined;
  }

  /** Whether it is too early to try again. */
  get waiting(): boolean {
    return this.#timer !== undefined;
  }

  fail(error: Error): void {
    this.#error = error;
    this.#failures += 1;
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.retry();
      },
      Math.min(FIRST_MS * 2 ** (this.#failures - 1), LONGEST_MS),
    );
  }

  /** A start was a success: whoever lacks runner processes need wait no longer. */
  reset(): void {
    this.#failures = 0;
    this.stop();
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
