/** The time by the clock that an execution has; it can stand still while the script waits for its host. */
export class Deadline {
  #left: number;
  #since = performance.now();
  #timer: NodeJS.Timeout | undefined;

  constructor(
    ms: number,
    private readonly passed: () => void,
  ) {
    this.#left = ms;
    this.#timer = setTimeout(passed, ms);
  }

  pause(): void {
    if (this.#timer === undefined) return;
    this.stop();
    this.#left -= performance.now() - this.#since;
  }

  resume(): void {
    if (this.#timer !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.passed, Math.max(this.#left, 0));
  }

  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
