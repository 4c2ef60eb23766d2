import { NO_HEADERS, type HeaderRules, type PinnedHost } from '../egress-policy/index.js';

/** Injection token of {@link EgressOptions}. */
export const EGRESS_OPTIONS = Symbol('EGRESS_OPTIONS');

/** Settings of the way out, all filled; defaults are in {@link DEFAULT_EGRESS_OPTIONS}. */
export interface EgressOptions extends EgressLimits {
  /** Hosts that scripts may reach, as `parseEgress` reads them; `[]` is no way out. */
  readonly hosts: readonly string[];
  /** Ranges of addresses that are not public and may be connected to all the same. */
  readonly ranges: readonly string[];
  /** Hosts whose addresses are not asked for. */
  readonly pinnedHosts: readonly PinnedHost[];
  /** Certificates of authorities (PEM) that are trusted beside Node's. */
  readonly authorities: string | undefined;
  /** Headers that are added to requests, unseen by scripts. */
  readonly headers: HeaderRules;
  /** Most requests of all executions that are under way; others wait. */
  readonly maxConcurrency: number;
}

/** What one execution may send and get. */
export interface EgressLimits {
  /** Most requests. */
  readonly maxRequests: number;
  /** Most requests that are under way; others wait. */
  readonly maxConcurrencyPerExecution: number;
  /** Longest body of a request, and of a response as it is on the wire, in bytes. */
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  /** Longest wait for the head of a response, in milliseconds, from the moment that its request was sent. */
  readonly headTimeoutMs: number;
  /** Longest time of a request, in milliseconds, from its beginning to the end of its response. */
  readonly timeoutMs: number;
}

export const DEFAULT_EGRESS_OPTIONS: EgressOptions = {
  hosts: [],
  ranges: [],
  pinnedHosts: [],
  authorities: undefined,
  headers: NO_HEADERS,
  maxConcurrency: 256,
  maxRequests: 100,
  maxConcurrencyPerExecution: 10,
  maxRequestBytes: 16 * 1024 * 1024,
  maxResponseBytes: 16 * 1024 * 1024,
  headTimeoutMs: 10_000,
  timeoutMs: 30_000,
};
