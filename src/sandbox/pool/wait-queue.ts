import { type Clock, SYSTEM_CLOCK } from '../clock.js';
import { SandboxBusyError } from '../errors.js';

/** The runner process that an execution needs. */
export interface LeaseRequest {
  readonly tenant: string;
  /** One that has run nothing, and runs nothing else after. */
  readonly singleUse: boolean;
  /** Id of a prepared script: a runner that keeps a context of it is preferred. */
  readonly context?: string | undefined;
  /** Max runner processes of its tenant at once; absent: any number. */
  readonly concurrency?: number | undefined;
}

interface Waiter<T> {
  readonly request: LeaseRequest;
  readonly since: number;
  readonly resolve: (granted: T | undefined) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Bounded queue of requests for a runner process, with a line for each tenant. Lines are served in turn, and a full queue
 * drops the end of its longest line: whatever one tenant sends, another waits behind one of its scripts and not behind all
 * of them.
 */
export class WaitQueue<T> {
  /** In serving order; no line is empty. */
  readonly #lines = new Map<string, Set<Waiter<T>>>();
  #length = 0;
  #singleUse = 0;

  constructor(
    private readonly size: number,
    private readonly timeoutMs: number,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {}

  get length(): number {
    return this.#length;
  }

  /**
   * How many waiting requests could be served, were there enough runner processes.
   * @param singleUse whether to count the requests for single-use runners, or the others
   * @param room how many more runners the tenant may have; it gets the tenant's first request, and since when that waits
   */
  demand(singleUse: boolean, room: (request: LeaseRequest, since: number) => number): number {
    const least = singleUse ? this.#singleUse : this.#length - this.#singleUse;
    if (least === 0) return 0;
    let count = 0;
    for (const line of this.#lines.values())
      for (const { request, since } of line) {
        const size = least === this.#length ? line.size : countOf(line, singleUse);
        count += Math.min(size, room(request, since));
        break;
      }
    return count;
  }

  /** Whether the next request in turn whose tenant has room is for a single-use runner. */
  isSingleUseFirst(room: (request: LeaseRequest, since: number) => number): boolean {
    if (this.#singleUse === 0) return false;
    for (const line of this.#lines.values())
      for (const { request, since } of line) {
        if (room(request, since) > 0) return request.singleUse;
        break;
      }
    return false;
  }

  /**
   * Waits in line.
   * @returns the granted runner, or undefined when cancelled
   * @throws SandboxBusyError when the queue is full, or after the timeout
   */
  wait(request: LeaseRequest, cancelled?: AbortSignal): Promise<T | undefined> {
    if (this.#length >= this.size && !this.#makeRoom(request.tenant))
      return Promise.reject(new SandboxBusyError(this.#length, 0));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        this.clock.clear(timer);
        cancelled?.removeEventListener('abort', cancel);
        this.#leave(waiter);
      };
      const waiter: Waiter<T> = {
        request,
        since: this.clock.now(),
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
      // When the event loop was stalled, a runner may have become idle meanwhile: its message is read first.
      const late = (): unknown => setImmediate(() => this.#turnAway(waiter));
      const timer = this.clock.setTimeout(late, this.timeoutMs);
      this.#enter(waiter);
      cancelled?.addEventListener('abort', cancel);
      if (cancelled?.aborted) cancel();
    });
  }

  /**
   * Grants a runner to the next request in turn that `find` has one for.
   * @returns whether a runner was granted
   */
  grant(find: (request: LeaseRequest, since: number) => T | undefined): boolean {
    const kinds = this.#singleUse > 0 && this.#singleUse < this.#length ? 2 : 1;
    for (const [tenant, line] of this.#lines) {
      for (const waiter of oneOfEach(line, kinds)) {
        const granted = find(waiter.request, waiter.since);
        if (granted === undefined) continue;
        // The tenant's next request waits until all other tenants have had their turn.
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
    const { tenant, singleUse } = waiter.request;
    const line = this.#lines.get(tenant) ?? new Set();
    this.#lines.set(tenant, line.add(waiter));
    this.#length += 1;
    if (singleUse) this.#singleUse += 1;
  }

  #leave(waiter: Waiter<T>): void {
    const { tenant, singleUse } = waiter.request;
    const line = this.#lines.get(tenant);
    if (line?.delete(waiter) !== true) return;
    this.#length -= 1;
    if (singleUse) this.#singleUse -= 1;
    if (line.size === 0) this.#lines.delete(tenant);
  }

  /** Turns away the last request of the longest line, unless that line is the tenant's own, or would be. */
  #makeRoom(tenant: string): boolean {
    let longest: Set<Waiter<T>> = new Set();
    for (const line of this.#lines.values()) if (line.size > longest.size) longest = line;
    const last = [...longest].at(-1);
    if (last === undefined || longest.size <= (this.#lines.get(tenant)?.size ?? 0) + 1) return false;
    this.#turnAway(last);
    return true;
  }

  #turnAway(waiter: Waiter<T>): void {
    const waitedMs = Math.round(this.clock.now() - waiter.since);
    waiter.reject(new SandboxBusyError(this.#length - 1, waitedMs));
  }
}

function countOf(line: Iterable<Pick<Waiter<unknown>, 'request'>>, singleUse: boolean): number {
  let count = 0;
  for (const { request } of line) if (request.singleUse === singleUse) count += 1;
  return count;
}

/**
 * The first request of a line for a shared runner, and the first for a single-use one.
 * @param kinds how many of the two kinds wait: a long line is not searched for a kind that is in none
 */
function* oneOfEach<T>(line: Iterable<Waiter<T>>, kinds: number): Generator<Waiter<T>> {
  const seen = new Set<boolean>();
  for (const waiter of line) {
    if (seen.has(waiter.request.singleUse)) continue;
    seen.add(waiter.request.singleUse);
    yield waiter;
    if (seen.size === kinds) return;
  }
}
