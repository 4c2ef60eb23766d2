import { type Clock, SYSTEM_CLOCK, type Timer } from '../clock.js';

/** The deadline of an execution by the clock; it can be paused while the script waits for its host. */
export class Deadline {
  #left: number;
  #since: number;
  #timer: Timer;
  #runs = true;
  #isAtCeiling = false;
  readonly #ceiling: Timer | undefined;

  /** @param ceilingMs max time with all pauses; undefined: the deadline is never paused */
  constructor(
    ms: number,
    private readonly passed: () => void,
    ceilingMs?: number,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.#left = ms;
    this.#since = clock.now();
    this.#timer = clock.setTimeout(passed, ms);
    if (ceilingMs === undefined) return;
    this.#ceiling = clock.setTimeout(() => {
      this.#isAtCeiling = true;
      passed();
    }, ceilingMs);
  }

  /** Whether the time is over, once `passed` was called: it may have been paused meanwhile. */
  get hasPassed(): boolean {
    return this.#runs || this.#isAtCeiling;
  }

  pause(): void {
    if (!this.#runs) return;
    this.#halt();
    const left = this.#left - (this.clock.now() - this.#since);
    // The script may have waited for as long as the event loop was stalled.
    this.#left = left < 0 ? Math.min(-left, this.#left) : left;
  }

  resume(): void {
    if (this.#runs) return;
    this.#runs = true;
    this.#since = this.clock.now();
    this.#timer = this.clock.setTimeout(this.passed, Math.max(this.#left, 0));
  }

  stop(): void {
    this.clock.clear(this.#ceiling);
    this.#halt();
  }

  #halt(): void {
    this.clock.clear(this.#timer);
    this.#runs = false;
  }
}
