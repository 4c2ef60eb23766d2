import { DuplexError, errorOf } from '../protocol/errors.js';
import type { Outcome, Thrown, Usage } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';

/** What `runtime.execute` answers (the upstream README's `result`). */
export interface Result {
  /** What the script gave to its callback or returned, as JSON; `null` for nothing. A large one is a `JsonText` where a request is answered. */
  readonly value: unknown;
  /** One text for each call of a console function. */
  readonly console: readonly string[];
  /** Whole milliseconds: Go clients decode it into an int. */
  readonly time: number;
  /** Only where the request has `options`. */
  readonly usage?: ResultUsage;
}

/** What an execution has used: whole milliseconds, and bytes. */
export interface ResultUsage {
  /** From the request to the answer. */
  readonly wall: number;
  /** Of the processor; 0 where less was used than the system can tell. */
  readonly cpu: number;
  /** Most memory of the runner process; 0 where it was too short to be seen. */
  readonly memory: number;
  /** Waiting for a runner process, waiting for one to start, and running. */
  readonly queued: number;
  readonly started: number;
  readonly run: number;
}

/**
 * The one place where an outcome gets its meaning on the wire.
 * @param withUsage where the client knows of it
 * @throws DuplexError for every outcome but `returned`
 */
export function resultOf(outcome: Outcome, withUsage = false): Result {
  const { console } = outcome;
  switch (outcome.kind) {
    case 'returned':
      return {
        value: outcome.value ?? null,
        console,
        time: Math.round(outcome.timeMs),
        ...(withUsage && outcome.usage !== undefined && { usage: usageOf(outcome.usage) }),
      };
    case 'threw':
      throw thrownError(outcome.thrown, console);
    case 'missing':
      throw errorOf(RUNTIME_ERRORS.missing);
    case 'timedOut':
      throw errorOf(RUNTIME_ERRORS.timedOut, { limit: outcome.limit, console });
    case 'exhausted':
      throw errorOf(RUNTIME_ERRORS.exhausted, { limit: outcome.limit, console });
    case 'cancelled':
      throw errorOf(RUNTIME_ERRORS.cancelled, { console });
    case 'died':
      throw errorOf(RUNTIME_ERRORS.failed, { console });
    default:
      throw unknownOutcome(outcome);
  }
}

function usageOf({ queuedMs, startMs, runMs, cpuMs, memoryBytes }: Usage): ResultUsage {
  const [queued, started, run] = [Math.round(queuedMs), Math.round(startMs), Math.round(runMs)];
  return {
    wall: Math.round(queuedMs + startMs + runMs),
    cpu: cpuMs,
    memory: memoryBytes,
    queued,
    started,
    run,
  };
}

function thrownError(
  { name, message, stack, line, column, excerpt }: Thrown,
  console: readonly string[],
): DuplexError {
  // Clients show the message as the error's name; a script may have named its error "".
  const shown = name === '' ? 'Error' : name;
  return new DuplexError(RUNTIME_ERRORS.threw.code, shown, {
    message,
    stack,
    console,
    line,
    column,
    excerpt,
  });
}

function unknownOutcome(outcome: never): Error {
  return new TypeError(`unknown outcome ${String((outcome as { kind?: unknown }).kind)}`);
}
