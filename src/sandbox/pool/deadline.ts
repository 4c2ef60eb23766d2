/** The time by the clock that an execution has; it can stand still while the script waits for its host. */
export class Deadline {
  #left: number;
  #since = performance.now();
  #timer: NodeJS.Timeout;
  #runs = true;
  #isAtCeiling = false;
  readonly #ceiling: NodeJS.Timeout | undefined;

  /** @param ceilingMs most time with all pauses; undefined: nothing is ever paused */
  constructor(
    ms: number,
    private readonly passed: () => void,
    ceilingMs?: number,
  ) {
    this.#left = ms;
    this.#timer = setTimeout(passed, ms);
    if (ceilingMs === undefined) return;
    this.#ceiling = setTimeout(() => {
      this.#isAtCeiling = true;
      passed();
    }, ceilingMs);
  }

  /** Whether the time is over for good, once `passed` was called: else the clock was paused meanwhile. */
  get hasPassed(): boolean {
    return this.#runs || this.#isAtCeiling;
  }

  pause(): void {
    if (!this.#runs) return;
    this.#halt();
    const left = this.#left - (performance.now() - this.#since);
    // By as much as the gateway's loop stood still the script may have waited all along.
    this.#left = left < 0 ? Math.min(-left, this.#left) : left;
  }

  resume(): void {
    if (this.#runs) return;
    this.#runs = true;
    this.#since = performance.now();
    this.#timer = setTimeout(this.passed, Math.max(this.#left, 0));
  }

  stop(): void {
    clearTimeout(this.#ceiling);
    this.#halt();
  }

  #halt(): void {
    clearTimeout(this.#timer);
    this.#runs = false;
  }
}
