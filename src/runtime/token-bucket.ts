import type { TenantRate } from './tenant-policies.provider.js';

/** Fills by so many tokens a second, and holds no more than the burst. Time is of `performance.now()`. */
export class TokenBucket {
  #tokens: number;
  #at: number;

  constructor({ burst }: TenantRate, now: number) {
    this.#tokens = burst;
    this.#at = now;
  }

  /**
   * Takes one token, at the rate that holds now.
   * @returns 0, or the milliseconds until there is one
   */
  take({ perSecond, burst }: TenantRate, now: number): number {
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#at) * perSecond) / 1000);
    this.#at = now;
    // Sums of fractions may be a hair below what they should be.
    if (this.#tokens > 1 - 1e-9) {
      this.#tokens -= 1;
      return 0;
    }
    return Math.ceil(((1 - this.#tokens) * 1000) / perSecond);
  }

  /** When it is as good as a new one. */
  fullAt({ perSecond, burst }: TenantRate): number {
    return this.#at + ((burst - this.#tokens) * 1000) / perSecond;
  }
}
