import { SandboxBusyError } from '../errors.js';

interface Waiter<T> {
  readonly tenant: string;
  readonly since: number;
  readonly resolve: (granted: T | undefined) => void;
  readonly reject: (error: Error) => void;
}

/** Bounded first-in-first-out queue of those who wait for a runner process. */
export class WaitQueue<T> {
  readonly #waiters = new Set<Waiter<T>>();

  constructor(
    private readonly size: number,
    private readonly timeoutMs: number,
  ) {}

  get length(): number {
    return this.#waiters.size;
  }

  /**
   * Waits in line.
   * @returns what was granted, or undefined when cancelled
   * @throws SandboxBusyError when the queue is full, or after the timeout
   */
  wait(tenant: string, cancelled?: AbortSignal): Promise<T | undefined> {
    if (this.#waiters.size >= this.size) return Promise.reject(new SandboxBusyError(this.#waiters.size, 0));
    return new Promise((resolve, reject) => {
      const leave = (): void => {
        clearTimeout(timer);
        cancelled?.removeEventListener('abort', cancel);
        this.#waiters.delete(waiter);
      };
      const waiter: Waiter<T> = {
        tenant,
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
      const timer = setTimeout(() => {
        const waitedMs = Math.round(performance.now() - waiter.since);
        waiter.reject(new SandboxBusyError(this.#waiters.size - 1, waitedMs));
      }, this.timeoutMs);
      this.#waiters.add(waiter);
      cancelled?.addEventListener('abort', cancel);
      if (cancelled?.aborted) cancel();
    });
  }

  /** The tenant that has waited longest, of those that `fits` accepts. */
  first(fits: (tenant: string) => boolean): string | undefined {
    return this.#find(fits)?.tenant;
  }

  /** Grants to the one that has waited longest for this tenant. */
  grant(tenant: string, granted: T): void {
    this.#find((waiting) => waiting === tenant)?.resolve(granted);
  }

  rejectAll(error: Error): void {
    for (const waiter of this.#waiters) waiter.reject(error);
  }

  #find(fits: (tenant: string) => boolean): Waiter<T> | undefined {
    for (const waiter of this.#waiters) if (fits(waiter.tenant)) return waiter;
    return undefined;
  }
}
