import type { TenantRate } from './tenant-policies.provider.js';

/** A token bucket: refills at `perSecond`, up to `burst`. Times are from `performance.now()`. */
export class TokenBucket {
  #tokens: number;
  #at: number;

  constructor({ burst }: TenantRate, now: number) {
    this.#tokens = burst;
    this.#at = now;
  }

  /**
   * Takes one token, at the current rate.
   * @returns 0, or the milliseconds until a token is available
   */
  take({ perSecond, burst }: TenantRate, now: number): number {
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
    // Tolerates rounding errors in sums of fractions.
    if (this.#tokens > 1 - 1e-9) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) * 1000) / perSecond);
  }

  /** When the bucket will be full. */
  fullAt({ perSecond, burst }: TenantRate): number {
    return this.#at + ((burst - this.#tokens) * 1000) / perSecond;
  }
}
