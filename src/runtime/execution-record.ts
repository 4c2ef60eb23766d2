import { DuplexError, PROTOCOL_ERRORS } from '../protocol/errors.js';
import type { Outcome, Usage } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';
import { retryAfterMsOf } from './tenant-rates.js';

/** Why a request was refused before it reached the sandbox. */
export type EarlyRefusal = 'invalid' | 'unknownScript' | 'forbidden';

/** Why an execution did not run: names of catalogue errors, and `limited` for a tenant that exceeds its rate limit. */
export type Refusal = EarlyRefusal | 'busy' | 'limited' | 'shuttingDown' | 'failed' | 'internal';

/** Recorded methods: those that need a runner process. */
export type RecordedMethod = 'runtime.execute' | 'runtime.prepare';

export function isRecordedMethod(method: string): method is RecordedMethod {
  return method === 'runtime.execute' || method === 'runtime.prepare';
}

/**
 * The record of one execution or preparation for the operator: outcome, times and sizes. Except for `ext`, it contains
 * nothing from the script or the client. Times are from `performance.now()`.
 */
export interface ExecutionRecord {
  readonly method: RecordedMethod;
  readonly tenant: string;
  readonly outcome: Outcome['kind'] | Refusal;
  /** The exceeded limit, if the outcome is `exhausted`, `timedOut` or `limited`. */
  readonly limit: string | undefined;
  /** Error code of the reply; `undefined` for a result. */
  readonly code: number | undefined;
  /** Times and resources; `undefined` if it never had a runner process. */
  readonly usage: Usage | undefined;
  /** When its request arrived. */
  readonly receivedAt: number;
  /** When it was passed to the sandbox, and when the sandbox had finished. */
  readonly askedAt: number;
  readonly endedAt: number;
  /** When its reply was handed to the socket. */
  readonly answeredAt: number;
  /** Size of the request and of its reply on the wire, in bytes; 0 for a call that did not come over the wire. */
  readonly requestBytes: number;
  readonly replyBytes: number;
  /** The request's `ext` as JSON text. It comes from the client, so it is never shown. */
  readonly ext: string | undefined;
}

/** The part of a record that comes from the transport; `Settlement` is one. */
export type Delivery = Pick<
  ExecutionRecord,
  'code' | 'receivedAt' | 'answeredAt' | 'requestBytes' | 'replyBytes'
>;

/** A request without a final reply, on any transport; a `Channel` is one. */
export interface PendingRequest {
  readonly ext: string | undefined;
  /** Size of the request on the wire, in bytes. */
  readonly requestBytes: number;
  /** Calls the listener once, when the final reply was sent. */
  onSettled(listener: (delivery: Delivery) => void): void;
}

/** The part of a record that comes from the sandbox. */
export type RunSummary = Pick<ExecutionRecord, 'outcome' | 'limit' | 'usage'>;

/** A record without the part that comes from the transport. */
export type UndeliveredRecord = RunSummary &
  Pick<ExecutionRecord, 'method' | 'tenant' | 'askedAt' | 'endedAt'>;

export function summaryOf(outcome: Outcome): RunSummary {
  return {
    outcome: outcome.kind,
    limit: 'limit' in outcome ? outcome.limit : undefined,
    usage: outcome.usage,
  };
}

const EARLY_REFUSALS: ReadonlyMap<number, EarlyRefusal> = new Map([
  [RUNTIME_ERRORS.invalidScript.code, 'invalid'],
  [PROTOCOL_ERRORS.invalidMessage.code, 'invalid'],
  [RUNTIME_ERRORS.unknownScript.code, 'unknownScript'],
  [PROTOCOL_ERRORS.forbidden.code, 'forbidden'],
]);

const REFUSALS: ReadonlyMap<number, Refusal> = new Map<number, Refusal>([
  ...EARLY_REFUSALS,
  [RUNTIME_ERRORS.busy.code, 'busy'],
  [RUNTIME_ERRORS.failed.code, 'failed'],
  [PROTOCOL_ERRORS.shuttingDown.code, 'shuttingDown'],
]);

const EARLY_OUTCOMES: ReadonlySet<string> = new Set(EARLY_REFUSALS.values());

/** Whether the request was refused before it reached the sandbox. */
export function isRefusedEarly({ outcome }: Pick<ExecutionRecord, 'outcome'>): boolean {
  return EARLY_OUTCOMES.has(outcome);
}

/** @param code error code of the reply */
export function refusalOfCode(code: number | undefined): RunSummary {
  const outcome = (code === undefined ? undefined : REFUSALS.get(code)) ?? 'internal';
  return { outcome, limit: undefined, usage: undefined };
}

/** @param error the error of the reply */
export function refusalOf(error: unknown): RunSummary {
  if (retryAfterMsOf(error) !== undefined) return { outcome: 'limited', limit: 'rate', usage: undefined };
  return refusalOfCode(error instanceof DuplexError ? error.code : undefined);
}
