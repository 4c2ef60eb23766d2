import { DuplexError, errorOf } from '../protocol/errors.js';
import type { Outcome, Thrown, Usage } from '../sandbox/index.js';
import { RUNTIME_ERRORS } from './errors.js';
import { missingHint, timeOutHint } from './hints.js';

/** The result of `runtime.execute` (`result` in the upstream README). */
export interface Result {
  /** The value that the script returned or passed to its callback, as JSON; `null` if there is none. A large value may be a `JsonText`. */
  readonly value: unknown;
  /** One text per call of a console function. */
  readonly console: readonly string[];
  /** Whole milliseconds, since Go clients decode it into an int. */
  readonly time: number;
  /** Present if the request has `options`. */
  readonly usage?: ResultUsage;
}

/** Resources used by an execution, in whole milliseconds and bytes. */
export interface ResultUsage {
  /** From the request to the result. */
  readonly wall: number;
  /** CPU time; 0 if below the resolution of the system. */
  readonly cpu: number;
  /** Peak memory of the runner process; 0 if the execution was too short to be sampled. */
  readonly memory: number;
  /** Times in the queue, waiting for a new runner process, and running. */
  readonly queued: number;
  readonly started: number;
  readonly run: number;
}

/**
 * Maps an outcome to a result or an error reply.
 * @param withUsage whether the result includes `usage`
 * @param call the name of the function that was called, for the hint that it is missing
 * @throws DuplexError for every outcome but `returned`
 */
export function resultOf(outcome: Outcome, withUsage = false, call?: string): Result {
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
      throw errorOf(RUNTIME_ERRORS.missing, missingData(call, outcome.functions ?? []));
    case 'timedOut':
      throw errorOf(RUNTIME_ERRORS.timedOut, {
        limit: outcome.limit,
        console,
        ...timeOutHint(outcome),
      });
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

function missingData(call: string | undefined, functions: readonly string[]): object {
  return { ...(call !== undefined && { call }), functions, hint: missingHint(call, functions) };
}

function thrownError(
  { name, message, stack, line, column, excerpt }: Thrown,
  console: readonly string[],
): DuplexError {
  // Clients show the message as the error's name, which may be empty in a script.
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
