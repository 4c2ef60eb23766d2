import { DuplexError, PROTOCOL_ERRORS } from '../protocol/errors.js';
import type { Outcome, Usage } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';
import { retryAfterMsOf } from './tenant-rates.js';

/** Why the host did not run an execution: the names of the catalogues' errors, and `limited` for a tenant past its rate. */
export type Refusal = 'busy' | 'limited' | 'shuttingDown' | 'failed' | 'internal';

/**
 * What became of one execution, where its time went, and how big it was: all that an operator may know. Nothing in
 * it is the script's or the client's own, but for `ext`. Moments are of `performance.now()`.
 */
export interface ExecutionRecord {
  readonly tenant: string;
  readonly outcome: Outcome['kind'] | Refusal;
  /** The limit that an `exhausted`, `timedOut` or `limited` one has passed. */
  readonly limit: string | undefined;
  /** Of the error that answered it; `undefined` for a result. */
  readonly code: number | undefined;
  /** Where its time went; `undefined` when it never had a runner process. */
  readonly usage: Usage | undefined;
  /** When its request was there. */
  readonly receivedAt: number;
  /** When it came to the sandbox, and when the sandbox was done with it. */
  readonly askedAt: number;
  readonly endedAt: number;
  /** When its reply was handed to the socket. */
  readonly answeredAt: number;
  /** Length of the request and of its reply on the wire, in bytes; 0 when no wire was involved. */
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** The request's `ext`, as JSON text: the client's own, so it is never shown. */
  readonly ext: string | undefined;
}

/** The part of a record that the wire knows; `Settlement` is one. */
export type Delivery = Pick<
  ExecutionRecord,
  'code' | 'receivedAt' | 'answeredAt' | 'requestBytes' | 'replyBytes'
>;

/** The request that an execution answers; a `Channel` is one. */
export interface Exchange {
  readonly ext: string | undefined;
  /** Calls back, once, when the final reply was sent. */
  onSettled(listener: (delivery: Delivery) => void): void;
}

/** The part of a record that the sandbox knows. */
export type Run = Pick<ExecutionRecord, 'outcome' | 'limit' | 'usage'>;

/** A record without the part that the wire knows. */
export type Ran = Run & Pick<ExecutionRecord, 'tenant' | 'askedAt' | 'endedAt'>;

export function runOf(outcome: Outcome): Run {
  return {
    outcome: outcome.kind,
    limit: 'limit' in outcome ? outcome.limit : undefined,
    usage: outcome.usage,
  };
}

const REFUSALS: ReadonlyMap<number, Refusal> = new Map([
  [RUNTIME_ERRORS.busy.code, 'busy'],
  [RUNTIME_ERRORS.failed.code, 'failed'],
  [PROTOCOL_ERRORS.shuttingDown.code, 'shuttingDown'],
]);

/** @param error the wire's, where there is one */
export function refusalOf(error: unknown): Run {
  if (retryAfterMsOf(error) !== undefined) return { outcome: 'limited', limit: 'rate', usage: undefined };
  const refusal = error instanceof DuplexError ? REFUSALS.get(error.code) : undefined;
  return { outcome: refusal ?? 'internal', limit: undefined, usage: undefined };
}
