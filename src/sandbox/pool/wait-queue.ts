import { SandboxBusyError } from '../errors.js';

/** What an execution needs of a runner process. */
export interface Demand {
  readonly tenant: string;
  /** One that has run nothing, and runs nothing else after. */
  readonly fresh: boolean;
  /** Rather one with a context in which this prepared script has run. */
  readonly context?: string | undefined;
  /** Most runner processes that its tenant may have at once; absent: any number. */
  readonly concurrency?: number | undefined;
}

interface Waiter<T> {
  readonly demand: Demand;
  readonly since: number;
  readonly resolve: (granted: T | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Bounded queue of those who wait for a runner process, in a line for each tenant. Lines are served in turn, and a
 * full queue is emptied from the end of its longest: whatever one tenant sends, another waits behind one of its
 * scripts and not behind all of them.
 */
export class WaitQueue<T> {
  /** In the order in which they are served; none is empty. */
  readonly #lines = new Map<string, Set<Waiter<T>>>();
  #length = 0;
  #fresh = 0;

  constructor(
    private readonly size: number,
    private readonly timeoutMs: number,
  ) {}

  get length(): number {
    return this.#length;
  }

  /**
   * How many of those who wait could be served, were there runner processes enough.
   * @param fresh of those who demand a fresh one, or of the others
   * @param room how many more the tenant of a demand may have, which is its first, and waits since then
   */
  wanted(fresh: boolean, room: (demand: Demand, since: number) => number): number {
    const least = fresh ? this.#fresh : this.#length - this.#fresh;
    if (least === 0) return 0;
    let count = 0;
    for (const line of this.#lines.values())
      for (const { demand, since } of line) {
        const size = least === this.#length ? line.size : countOf(line, fresh);
        count += Math.min(size, room(demand, since));
        break;
      }
    return count;
  }

  /** Whether the one whose turn it is, of those with room, demands a fresh one. */
  isFreshFirst(room: (demand: Demand, since: number) => number): boolean {
    if (this.#fresh === 0) return false;
    for (const line of this.#lines.values())
      for (const { demand, since } of line) {
        if (room(demand, since) > 0) return demand.fresh;
        break;
      }
    return false;
  }

  /**
   * Waits in line.
   * @returns what was granted, or undefined when cancelled
   * @throws SandboxBusyError when the queue is full, or after the timeout
   */
  wait(demand: Demand, cancelled?: AbortSignal): Promise<T | undefined> {
    if (this.#length >= this.size && !this.#makeRoom(demand.tenant))
      return Promise.reject(new SandboxBusyError(this.#length, 0));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        cancelled?.removeEventListener('abort', cancel);
        this.#leave(waiter);
      };
      const waiter: Waiter<T> = {
        demand,
        since: performance.now(),
        resolve: (granted) => {
          leave();
          resolve(granted);
        },
        reject: (error) => {
          leave();
          reject(error);
        },
      };
      const cancel = (): void => waiter.resolve(undefined);
      // Where the loop stood still, a runner may have said meanwhile that it is idle: that is read first.
      const late = (): unknown => setImmediate(() => this.#turnAway(waiter));
      const timer = setTimeout(late, this.timeoutMs);
      this.#enter(waiter);
      cancelled?.addEventListener('abort', cancel);
      if (cancelled?.aborted) cancel();
    });
  }

  /**
   * Grants to the one whose turn it is, of those that `find` has something for.
   * @returns whether anything was granted
   */
  grant(find: (demand: Demand, since: number) => T | undefined): boolean {
    const kinds = this.#fresh > 0 && this.#fresh < this.#length ? 2 : 1;
    for (const [tenant, line] of this.#lines) {
      for (const waiter of oneOfEach(line, kinds)) {
        const granted = find(waiter.demand, waiter.since);
        if (granted === undefined) continue;
        // The tenant's next one waits until all others have had their turn.
        this.#lines.delete(tenant);
        this.#lines.set(tenant, line);
        waiter.resolve(granted);
        return true;
      }
    }
    return false;
  }

  rejectAll(error: Error): void {
    for (const line of this.#lines.values()) for (const waiter of line) waiter.reject(error);
  }

  #enter(waiter: Waiter<T>): void {
    const { tenant, fresh } = waiter.demand;
    const line = this.#lines.get(tenant) ?? new Set();
    this.#lines.set(tenant, line.add(waiter));
    this.#length += 1;
    if (fresh) this.#fresh += 1;
  }

  #leave(waiter: Waiter<T>): void {
    const { tenant, fresh } = waiter.demand;
    const line = this.#lines.get(tenant);
    if (line?.delete(waiter) !== true) return;
    this.#length -= 1;
    if (fresh) this.#fresh -= 1;
    if (line.size === 0) this.#lines.delete(tenant);
  }

  /** Turns away the last of the longest line, where that is not the tenant's own, nor would be. */
  #makeRoom(tenant: string): boolean {
    let longest: Set<Waiter<T>> = new Set();
    for (const line of this.#lines.values()) if (line.size > longest.size) longest = line;
    const last = [...longest].at(-1);
    if (last === undefined || longest.size <= (this.#lines.get(tenant)?.size ?? 0) + 1) return false;
    this.#turnAway(last);
    return true;
  }

  #turnAway(waiter: Waiter<T>): void {
    const waitedMs = Math.round(performance.now() - waiter.since);
    waiter.reject(new SandboxBusyError(this.#length - 1, waitedMs));
  }
}

function countOf(line: Iterable<Pick<Waiter<unknown>, 'demand'>>, fresh: boolean): number {
  let count = 0;
  for (const { demand } of line) if (demand.fresh === fresh) count += 1;
  return count;
}

/**
 * The first of a line that takes any runner process, and the first that needs a fresh one.
 * @param kinds how many of the two there can be: a long line is not searched for what is in none
 */
function* oneOfEach<T>(line: Iterable<Waiter<T>>, kinds: number): Generator<Waiter<T>> {
  const seen = new Set<boolean>();
  for (const waiter of line) {
    if (seen.has(waiter.demand.fresh)) continue;
    seen.add(waiter.demand.fresh);
    yield waiter;
    if (seen.size === kinds) return;
  }
}
