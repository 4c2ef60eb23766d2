import { NO_HEADERS, type HeaderRules, type PinnedHost } from '../egress-policy/index.js';

/** Injection token of {@link EgressOptions}. */
export const EGRESS_OPTIONS = Symbol('EGRESS_OPTIONS');

/** Options of egress, complete; defaults are in {@link DEFAULT_EGRESS_OPTIONS}. */
export interface EgressOptions extends EgressLimits {
  /** Allowlist of hosts, as parsed by `parseEgress`; `[]` disables egress. */
  readonly hosts: readonly string[];
  /** Private address ranges that hosts may resolve to. */
  readonly ranges: readonly string[];
  /** Fixed addresses of hosts, used in place of a DNS lookup. */
  readonly pinnedHosts: readonly PinnedHost[];
  /** PEM certificates of CAs that are trusted besides those of Node. */
  readonly authorities: string | undefined;
  /** Headers that are added to requests; scripts never see them. */
  readonly headers: HeaderRules;
  /** Maximum concurrent requests of all executions; further requests wait. */
  readonly maxConcurrency: number;
}

/** Limits of one execution. */
export interface EgressLimits {
  /** Maximum number of requests. */
  readonly maxRequests: number;
  /** Maximum concurrent requests; further requests wait. */
  readonly maxConcurrencyPerExecution: number;
  /** Maximum size of a request body, and of a response body on the wire, in bytes. */
  readonly maxRequestBytes: number;
  readonly maxResponseBytes: number;
  /** Maximum wait for the response headers, in milliseconds, after the request was sent. */
  readonly headTimeoutMs: number;
  /** Maximum duration of a request, in milliseconds, to the end of its response. */
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
