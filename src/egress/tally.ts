import type { EgressOutcome, EgressRecord } from './egress.js';

/** Most entries that are told apart: lists of tenants may be long. */
const MAX_HOSTS = 100;
const OTHERS = 'other';
/** Of what no entry let through. */
const NONE = 'none';

/** What went out so far, by the entry that let it out. */
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

/** Counts requests; there are only so many kinds of them. */
export class Tally {
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
