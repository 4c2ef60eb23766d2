/**
 * Cooperative scheduler: runs a few short steps per event loop turn, so that sockets, timers and runners are served in
 * between. Accounts are scheduled round-robin, so no account waits for more than one step of each other account.
 */
export class FairScheduler {
  readonly #queues = new Map<string, (() => void)[]>();
  #scheduled = false;

  /**
   * @param maxMs time after which a turn starts no further step
   * @param maxSteps maximum steps per turn
   */
  constructor(
    private readonly maxMs: number,
    private readonly maxSteps = Infinity,
  ) {}

  /** Calls `step` soon, never before this has returned. A step is short, does not throw, and may schedule the next. */
  schedule(account: string, step: () => void): void {
    const queue = this.#queues.get(account);
    if (queue === undefined) this.#queues.set(account, [step]);
    else queue.push(step);
    this.#scheduleTurn();
  }

  #scheduleTurn(): void {
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
      const [first] = this.#queues;
      if (first === undefined) return;
      const [account, queue] = first;
      // Moved to the end, so that the other accounts come first.
      this.#queues.delete(account);
      const step = queue.shift();
      if (queue.length > 0) this.#queues.set(account, queue);
      step?.();
    }
    if (this.#queues.size > 0) this.#scheduleTurn();
  }
}
