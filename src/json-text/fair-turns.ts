/**
 * Work in small steps, a few in each turn of the event loop, so that sockets, timers and runners get theirs in between. Accounts
 * take turns: however much one has to do, the next step of another is at most one step away.
 */
export class FairTurns {
  readonly #lines = new Map<string, (() => void)[]>();
  #scheduled = false;

  /**
   * @param maxMs time after which a turn begins no other step
   * @param maxSteps most steps of one turn
   */
  constructor(
    private readonly maxMs: number,
    private readonly maxSteps = Infinity,
  ) {}

  /** Calls `step` soon, and never before this has returned. A step is short, does not throw, and may enter the next one. */
  enter(account: string, step: () => void): void {
    const line = this.#lines.get(account);
    if (line === undefined) this.#lines.set(account, [step]);
    else line.push(step);
    this.#schedule();
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => {
      this.#scheduled = false;
      this.#turn();
    });
  }

  #turn(): void {
    const until = performance.now() + this.maxMs;
    for (let steps = 0; steps < this.maxSteps && performance.now() < until; steps += 1) {
      const [first] = this.#lines;
      if (first === undefined) return;
      const [account, line] = first;
      // To the end: the other accounts come first.
      this.#lines.delete(account);
      const step = line.shift();
      if (line.length > 0) this.#lines.set(account, line);
      step?.();
    }
    if (this.#lines.size > 0) this.#schedule();
  }
}
