import type { EgressOutcome, EgressRecord } from './egress.js';

/** Maximum number of entries with their own counters: tenants may have long lists. */
const MAX_HOSTS = 100;
const OTHERS = 'other';
/** Label for requests that no entry allowed. */
const NONE = 'none';

/** Totals of one allowlist entry. */
export interface EgressCount {
  readonly host: string;
  readonly requests: Readonly<Partial<Record<EgressOutcome, number>>>;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

interface Count {
  readonly requests: Partial<Record<EgressOutcome, number>>;
  sentBytes: number;
  receivedBytes: number;
}

/** Counts requests and bytes by allowlist entry, with a bounded number of entries. */
export class EgressCounters {
  readonly #counts = new Map<string, Count>();

  add({ host = NONE, outcome, sentBytes, receivedBytes }: EgressRecord): void {
    const key = this.#counts.has(host) || this.#counts.size < MAX_HOSTS ? host : OTHERS;
    const count = this.#counts.get(key) ?? { requests: {}, sentBytes: 0, receivedBytes: 0 };
    this.#counts.set(key, count);
    count.requests[outcome] = (count.requests[outcome] ?? 0) + 1;
    count.sentBytes += sentBytes;
    count.receivedBytes += receivedBytes;
  }

  get counts(): readonly EgressCount[] {
    return [...this.#counts].map(([host, { requests, sentBytes, receivedBytes }]) => ({
      host,
      requests,
      sentBytes,
      receivedBytes,
    }));
  }
}
