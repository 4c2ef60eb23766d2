interface Permit {
  readonly key: string;
  readonly start: () => void;
  state: 'waiting' | 'granted' | 'released';
}

/** Whether a key that holds `held` permits may get another while `free` permits are left. */
export type Share = (held: number, free: number) => boolean;

/** A key may hold all permits. */
export const UP_TO_ALL: Share = () => true;

/**
 * A key holds at most as many permits as it leaves free, so never more than half of them (rounded up). The last free
 * permit goes only to a key that holds none.
 */
export const UP_TO_HALF: Share = (held, free) => held === 0 || held < free;

/** A counting semaphore that is fair between keys: a released permit goes to the waiting key that holds the fewest. */
export class FairSemaphore {
  /** Waiting permits by key; the key that was served last comes last. */
  readonly #waiting = new Map<string, Set<Permit>>();
  readonly #held = new Map<string, number>();
  #granted = 0;

  constructor(
    private readonly max: number,
    private readonly share: Share = UP_TO_ALL,
  ) {}

  /**
   * Calls `start` once a permit is free, never before this has returned.
   * @returns releases the permit, or stops waiting for it; further calls have no effect
   */
  acquire(key: string, start: () => void): () => void {
    const permit: Permit = { key, start, state: 'waiting' };
    if (this.#mayStart(key)) this.#grant(permit);
    else this.#waiting.set(key, (this.#waiting.get(key) ?? new Set<Permit>()).add(permit));
    return () => this.#release(permit);
  }

  #mayStart(key: string): boolean {
    const free = this.max - this.#granted;
    return free > 0 && this.share(this.#heldBy(key), free);
  }

  #heldBy(key: string): number {
    return this.#held.get(key) ?? 0;
  }

  #grant(permit: Permit): void {
    this.#granted += 1;
    this.#held.set(permit.key, this.#heldBy(permit.key) + 1);
    permit.state = 'granted';
    queueMicrotask(() => {
      if (permit.state === 'granted') permit.start();
    });
  }

  #release(permit: Permit): void {
    const { state, key } = permit;
    permit.state = 'released';
    if (state === 'waiting') this.#dequeue(permit);
    if (state !== 'granted') return;
    this.#granted -= 1;
    const held = this.#heldBy(key) - 1;
    if (held > 0) this.#held.set(key, held);
    else this.#held.delete(key);
    for (let next = this.#next(); next !== undefined; next = this.#next()) this.#grant(next);
  }

  #dequeue(permit: Permit): Set<Permit> | undefined {
    const waiting = this.#waiting.get(permit.key);
    waiting?.delete(permit);
    if (waiting?.size === 0) this.#waiting.delete(permit.key);
    return waiting;
  }

  #next(): Permit | undefined {
    let chosen: string | undefined;
    for (const key of this.#waiting.keys())
      if (this.#mayStart(key) && (chosen === undefined || this.#heldBy(key) < this.#heldBy(chosen)))
        chosen = key;
    if (chosen === undefined) return undefined;
    const [permit] = this.#waiting.get(chosen) ?? [];
    if (permit === undefined) return undefined;
    const rest = this.#dequeue(permit);
    // Moved to the end, so that keys with equally many permits alternate.
    this.#waiting.delete(chosen);
    if (rest !== undefined && rest.size > 0) this.#waiting.set(chosen, rest);
    return permit;
  }
}
