import { DuplexError, PROTOCOL_ERRORS } from '../protocol/errors.js';
import type { Outcome, Usage } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';
import { retryAfterMsOf } from './tenant-rates.js';

/** Why a request never came to the sandbox, whatever state that is in. */
export type EarlyRefusal = 'invalid' | 'unknownScript' | 'forbidden';

/** Why the host did not run an execution: the names of the catalogues' errors, and `limited` for a tenant past its rate. */
export type Refusal = EarlyRefusal | 'busy' | 'limited' | 'shuttingDown' | 'failed' | 'internal';

/** The methods whose requests are recorded: those that take a runner process. */
export type RecordedMethod = 'runtime.execute' | 'runtime.prepare';

export function isRecordedMethod(method: string): method is RecordedMethod {
  return method === 'runtime.execute' || method === 'runtime.prepare';
}

/**
 * What became of one execution, or of one script that was to be prepared, where its time went, and how big it was: all that an operator may know. Nothing in
 * it is the script's or the client's own, but for `ext`. Moments are of `performance.now()`.
 */
export interface ExecutionRecord {
  readonly method: RecordedMethod;
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
  /** Length of the request on the wire. */
  readonly requestBytes: number;
  /** Calls back, once, when the final reply was sent. */
  onSettled(listener: (delivery: Delivery) => void): void;
}

/** The part of a record that the sandbox knows. */
export type Run = Pick<ExecutionRecord, 'outcome' | 'limit' | 'usage'>;

/** A record without the part that the wire knows. */
export type Ran = Run & Pick<ExecutionRecord, 'method' | 'tenant' | 'askedAt' | 'endedAt'>;

export function runOf(outcome: Outcome): Run {
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

/** Whether the request was refused for what it is, and came to no sandbox. */
export function isRefusedEarly({ outcome }: Pick<ExecutionRecord, 'outcome'>): boolean {
  return EARLY_OUTCOMES.has(outcome);
}

/** @param code of the wire's error */
export function refusalOfCode(code: number | undefined): Run {
  const outcome = (code === undefined ? undefined : REFUSALS.get(code)) ?? 'internal';
  return { outcome, limit: undefined, usage: undefined };
}

/** @param error the wire's, where there is one */
export function refusalOf(error: unknown): Run {
  if (retryAfterMsOf(error) !== undefined) return { outcome: 'limited', limit: 'rate', usage: undefined };
  return refusalOfCode(error instanceof DuplexError ? error.code : undefined);
}
