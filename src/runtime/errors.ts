import { DuplexError, errorOf, PROTOCOL_ERRORS, type CatalogueEntry } from '../protocol/errors.js';
import { RunnerStartError, SandboxBusyError, SandboxClosedError } from '../sandbox/errors.js';

/** The errors of `runtime.execute`; 1000 to 1002 are the upstream README's. */
export const RUNTIME_ERRORS = {
  threw: {
    code: 1000,
    message: '$exception',
    when: 'The script threw. The message is the name of what it threw; data is `{message, stack, console, line, column, excerpt}`, of the script’s own frames only.',
  },
  missing: {
    code: 1001,
    message: 'Not implemented',
    when: 'The script has no function of the name in `call`.',
  },
  timedOut: {
    code: 1002,
    message: 'Timeout',
    when: 'The script and its call outlived the deadline (`limit` is `wall`), or took too much processor time (`cpu`). Data is `{limit, console}`, the lines so far.',
  },
  exhausted: {
    code: 1003,
    message: 'Limit exceeded',
    when: 'The script passed a limit. It came too large: `code`, `caller`, `globals`, or `depth` of its globals; nothing ran then. Or it grew: `memory`, `heap`, `result` for the size of its value, `depth` of its value, `console`, `calls` of the client’s functions, or requests. Data is `{limit, console}`.',
  },
  cancelled: {
    code: 1004,
    message: 'Cancelled',
    when: 'The client cancelled the call. Data is `{console}`, the lines so far.',
  },
  invalidScript: {
    code: 1100,
    message: 'Invalid script',
    when: 'The payload is not a script. Data is `{fields: [{field, problem}]}`, of at most ten; `more` is true where others were left out.',
  },
  unknownScript: {
    code: 1104,
    message: 'Unknown script',
    when: 'No script of this id is prepared for the tenant, or not any more. Data is `{script}`. Nothing ran; prepare it again.',
  },
  busy: {
    code: 1200,
    message: 'Busy',
    when: 'No runner became free: the queue was full or the wait too long; data is `{queued, waitedMs}`. Or the tenant is past its rate; data is `{limit: "rate", retryAfterMs}`. Or it has taken its share of the gateway’s memory; data is `{limit: "memory"}`. Nothing ran; try again later.',
  },
  failed: {
    code: 1201,
    message: 'Sandbox failed',
    when: 'The runner died, or did not start, for a reason that is not the script’s. Data is `{console}` if the script had begun.',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** One fault of a payload; part of the data of error 1100. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Most that one reply lists. */
const MAX_PROBLEMS = 10;

export function invalidScript(fields: readonly FieldProblem[]): DuplexError {
  const data =
    fields.length > MAX_PROBLEMS ? { fields: fields.slice(0, MAX_PROBLEMS), more: true } : { fields };
  return errorOf(RUNTIME_ERRORS.invalidScript, data);
}

/** For a payload that is not an object. */
export function invalidPayload(): DuplexError {
  return invalidScript([{ field: 'payload', problem: 'must be an object with at least the field "code"' }]);
}

/** The wire error of a reason why the sandbox could not run an execution; `undefined` for any other error. */
export function hostErrorOf(error: unknown): DuplexError | undefined {
  if (error instanceof SandboxBusyError) {
    return errorOf(RUNTIME_ERRORS.busy, { queued: error.queued, waitedMs: error.waitedMs });
  }
  if (error instanceof SandboxClosedError) return errorOf(PROTOCOL_ERRORS.shuttingDown);
  if (error instanceof RunnerStartError) return errorOf(RUNTIME_ERRORS.failed);
  return undefined;
}
