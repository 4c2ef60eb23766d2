import { DuplexError, errorOf, PROTOCOL_ERRORS, type CatalogueEntry } from '../protocol/errors.js';
import { RunnerStartError, SandboxBusyError, SandboxClosedError } from '../sandbox/errors.js';

/** The errors of `runtime.execute`; 1000 to 1002 are those of the upstream README. */
export const RUNTIME_ERRORS = {
  threw: {
    code: 1000,
    message: '$exception',
    when: 'The script threw. The message is the name of the thrown error. Data is `{message, stack, console, line, column, excerpt}`; the stack has only frames of the script.',
    hasRun: true,
    http: { status: 422, title: 'Script threw', detail: 'The script threw.' },
    clientClass: 'ScriptError',
  },
  missing: {
    code: 1001,
    message: 'Not implemented',
    when: 'The script has no function with the name in `call`. Data is `{call, functions, hint}`: the name, up to 20 functions of the script, and both in a sentence.',
    hasRun: true,
    http: { status: 422, detail: 'The script has no function with the name in "call".' },
    clientClass: 'NotImplementedError',
  },
  timedOut: {
    code: 1002,
    message: 'Timeout',
    when: 'The script and its call exceeded the deadline (`limit` is `wall`) or the CPU time (`cpu`). Data is `{limit, console, hint}`, with the lines so far; `hint` is present if the function had returned without an answer, or if packages were loaded for the first time.',
    hasRun: true,
    http: { status: 504, detail: 'The script and its call exceeded the time limit.' },
    clientClass: 'TimeoutError',
  },
  exhausted: {
    code: 1003,
    message: 'Limit exceeded',
    when: 'The script exceeded a limit. Before it ran: `code`, `caller`, `globals`, or `depth` of its globals. While it ran: `memory`, `heap`, `result` (size of its value), `depth` of its value, `console`, `calls` of client functions, or requests. Data is `{limit, console}`.',
    hasRun: true,
    http: { status: 422, detail: 'The script exceeded a limit.' },
    clientClass: 'LimitError',
  },
  cancelled: {
    code: 1004,
    message: 'Cancelled',
    when: 'The client cancelled the call. Data is `{console}`, with the lines so far.',
    hasRun: true,
    http: { status: 499, detail: 'The client disconnected before the reply.' },
    clientClass: 'CancelledError',
  },
  invalidScript: {
    code: 1100,
    message: 'Invalid script',
    when: 'The payload is not a valid script. Data is `{fields: [{field, problem}]}`, with at most ten fields; `more` is true if others were omitted.',
    hasRun: false,
    http: { status: 400, detail: 'The body is not a valid script.' },
    clientClass: 'InvalidScriptError',
  },
  unknownScript: {
    code: 1104,
    message: 'Unknown script',
    when: 'No script with this id is prepared for the tenant, or it was evicted. Data is `{script}`. Nothing ran; prepare it again.',
    hasRun: false,
    http: {
      status: 404,
      detail: 'No script with this id is prepared, or it was evicted. Nothing ran; prepare it again.',
    },
    clientClass: 'UnknownScriptError',
  },
  busy: {
    code: 1200,
    message: 'Busy',
    when: 'No runner became free: the queue was full or the wait too long; data is `{queued, waitedMs}`. Or the tenant exceeded its rate limit; data is `{limit: "rate", retryAfterMs}`. Or the tenant exceeded its share of the gateway’s memory; data is `{limit: "memory"}`. Nothing ran; try again later.',
    hasRun: false,
    http: { status: 503, detail: 'No runner became free. Nothing ran.' },
    clientClass: 'BusyError',
  },
  failed: {
    code: 1201,
    message: 'Sandbox failed',
    when: 'The runner died or did not start, and the script was not the cause. Data is `{console}` if the script had started.',
    hasRun: true,
    http: { status: 502, detail: 'The runner died or did not start, and the script was not the cause.' },
    clientClass: 'SandboxFailedError',
  },
} as const satisfies Record<string, CatalogueEntry>;

/** One invalid field of a payload, in the data of error 1100. */
export interface FieldProblem {
  readonly field: string;
  readonly problem: string;
}

/** Maximum number of fields in one reply. */
const MAX_PROBLEMS = 10;

export function invalidScript(fields: readonly FieldProblem[]): DuplexError {
  const data =
    fields.length > MAX_PROBLEMS ? { fields: fields.slice(0, MAX_PROBLEMS), more: true } : { fields };
  return errorOf(RUNTIME_ERRORS.invalidScript, data);
}

/** The error for a payload that is not an object. */
export function invalidPayload(): DuplexError {
  return invalidScript([{ field: 'payload', problem: 'must be an object with at least the field "code"' }]);
}

/** Maps an error of the sandbox to its catalogue entry; `undefined` for any other error. */
export function hostErrorOf(error: unknown): DuplexError | undefined {
  if (error instanceof SandboxBusyError) {
    return errorOf(RUNTIME_ERRORS.busy, { queued: error.queued, waitedMs: error.waitedMs });
  }
  if (error instanceof SandboxClosedError) return errorOf(PROTOCOL_ERRORS.shuttingDown);
  if (error instanceof RunnerStartError) return errorOf(RUNTIME_ERRORS.failed);
  return undefined;
}
