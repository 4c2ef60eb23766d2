import { DuplexError, errorOf } from '../protocol/errors.js';
import { RUNTIME_ERRORS } from './errors.js';
import type { TenantRate } from './tenant-policies.provider.js';
import { TokenBucket } from './token-bucket.js';

/** Number of buckets beyond which full buckets are dropped, since there may be very many tenants. */
const SWEEP_THRESHOLD = 1000;

/** Rate limits of tenants. */
export class TenantRates {
  readonly #buckets = new Map<string, { readonly bucket: TokenBucket; rate: TenantRate }>();

  /** @throws DuplexError 1200 if the tenant exceeds its rate limit */
  take(tenant: string, rate: TenantRate): void {
    const now = performance.now();
    const known = this.#buckets.get(tenant) ?? this.#enter(tenant, rate, now);
    known.rate = rate;
    const retryAfterMs = known.bucket.take(rate, now);
    if (retryAfterMs > 0) throw errorOf(RUNTIME_ERRORS.busy, { limit: 'rate', retryAfterMs });
  }

  #enter(tenant: string, rate: TenantRate, now: number): { readonly bucket: TokenBucket; rate: TenantRate } {
    if (this.#buckets.size >= SWEEP_THRESHOLD) this.#forget(now);
    const entry = { bucket: new TokenBucket(rate, now), rate };
    this.#buckets.set(tenant, entry);
    return entry;
  }

  #forget(now: number): void {
    for (const [tenant, { bucket, rate }] of this.#buckets)
      if (bucket.fullAt(rate) <= now) this.#buckets.delete(tenant);
  }
}

/** The wait in milliseconds in an error of {@link TenantRates}; `undefined` for any other error. */
export function retryAfterMsOf(error: unknown): number | undefined {
  if (!(error instanceof DuplexError) || error.code !== RUNTIME_ERRORS.busy.code) return undefined;
  const { limit, retryAfterMs } = error.data as { readonly limit?: unknown; readonly retryAfterMs?: unknown };
  return limit === 'rate' && typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
}
