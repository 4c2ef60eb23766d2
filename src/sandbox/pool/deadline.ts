/** The time by the clock that an execution has; it can stand still while the script waits for its host. */
export class Deadline {
  #left: number;
  #since = performance.now();
  #timer: NodeJS.Timeout | undefined;
  readonly #ceiling: NodeJS.Timeout | undefined;

  /** @param ceilingMs most time with all pauses; undefined: nothing is ever paused */
  constructor(
    ms: number,
    private readonly passed: () => void,
    ceilingMs?: number,
  ) {
    this.#left = ms;
    this.#timer = setTimeout(passed, ms);
    if (ceilingMs !== undefined) this.#ceiling = setTimeout(passed, ceilingMs);
  }

  pause(): void {
    if (this.#timer === undefined) return;
    this.#halt();
    this.#left -= performance.now() - this.#since;
  }

  resume(): void {
    if (this.#timer !== undefined) return;
    this.#since = performance.now();
    this.#timer = setTimeout(this.passed, Math.max(this.#left, 0));
  }

  stop(): void {
    clearTimeout(this.#ceiling);
    this.#halt();
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }
}
