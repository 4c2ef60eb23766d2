/** How long a script may compute before one more beside it is let in. */
export const STALL_MS = 20;

/**
 * How many scripts may compute at once. As many as there are cores: more would only take time from each other,
 * while their deadlines run. But a core may be taken by an endless loop, so one more is let in when nothing has
 * been for a moment, and the next one after a longer moment.
 */
export class Pacing {
  #lastLease = 0;

  constructor(private readonly cores: number) {}

  leased(): void {
    this.#lastLease = performance.now();
  }

  /** @param running scripts that compute now; one that waits for a timer does not */
  allows(running: number): boolean {
    const beyond = running - this.cores + 1;
    return beyond <= 0 || performance.now() - this.#lastLease >= STALL_MS * beyond;
  }
}
