import { type Clock, SYSTEM_CLOCK, type Timer } from '../clock.js';

// A single start may have failed by accident: it is repeated almost at once.
const FIRST_MS = 25;
const MAX_MS = 5000;

/** Waits longer after each failure to start a runner process, up to five seconds. */
export class Backoff {
  #failures = 0;
  #error: Error | undefined;
  #timer: Timer | undefined;

  /** @param retry called when a wait is over */
  constructor(
    private readonly retry: () => void,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {}

  /** The last failure, from the second in a row on: a single one may have been an accident. */
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
    this.#timer ??= this.clock.setTimeout(
      () => {
        this.#timer = undefined;
        this.retry();
      },
      Math.min(FIRST_MS * 2 ** (this.#failures - 1), MAX_MS),
    );
  }

  /** A start succeeded: the next one need not wait. */
  reset(): void {
    this.#failures = 0;
    this.stop();
  }

  stop(): void {
    this.clock.clear(this.#timer);
    this.#timer = undefined;
  }
}
