import { JavascriptdError } from './errors.js';
import { isFieldProblem, isTexts, type FieldProblem } from './reply-shapes.js';

/** The `error` of a reply frame. */
export interface ErrorReply {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

type Data = Readonly<Record<string, unknown>>;

/** An error reply. This base class is used for codes that the client does not know. */
export class ReplyError extends JavascriptdError {
  override name = 'ReplyError';
  override readonly code: number;
  override readonly data: unknown;
  override readonly mayHaveRun: boolean = true;

  constructor({ code, message, data }: ErrorReply) {
    super(message);
    this.code = code;
    this.data = data;
  }
}

/** An error reply with the console lines that the script had written until then. */
export class EndedError extends ReplyError {
  override name = 'EndedError';
  readonly console: readonly string[];
  constructor(reply: ErrorReply) {
    super(reply);
    this.console = linesOf(reply.data);
  }
}

/**
 * 1000: the script threw. `name`, `message` and `stack` are those of the thrown value; the stack has the script's own
 * line numbers.
 */
export class ScriptError extends EndedError {
  /** Starts at 1, in the code or the caller as sent. */
  readonly line?: number;
  readonly column?: number;
  constructor(reply: ErrorReply) {
    const { message, stack, line, column } = dataOf(reply.data);
    super({ ...reply, message: typeof message === 'string' ? message : reply.message });
    this.name = reply.message;
    this.stack = typeof stack === 'string' ? stack : `${this.name}: ${this.message}`;
    if (typeof line === 'number') this.line = line;
    if (typeof column === 'number') this.column = column;
  }
}

/** 1001: the script has no function with the name in `call`. The message names it, and what the script has. */
export class NotImplementedError extends ReplyError {
  override name = 'NotImplementedError';
  /** Functions of the script that can be called; at most 20. */
  readonly functions: readonly string[];
  constructor(reply: ErrorReply) {
    super(withHint(reply));
    const { functions } = dataOf(reply.data);
    this.functions = isTexts(functions) ? functions : [];
  }
}

/** 1002: the script exceeded its time limit. The message says so if its function had returned without an answer. */
export class TimeoutError extends EndedError {
  override name = 'TimeoutError';
  /** `wall` or `cpu`. */
  readonly limit: string;
  constructor(reply: ErrorReply) {
    super(withHint(reply));
    this.limit = textOf(reply.data, 'limit') ?? 'wall';
  }
}

/** 1003: the script exceeded a limit. */
export class LimitError extends EndedError {
  override name = 'LimitError';
  /** Name of the limit (docs/limits.md). */
  readonly limit: string;
  /** False if the request itself was too large: the script did not start. */
  override readonly mayHaveRun: boolean;
  constructor(reply: ErrorReply) {
    const limit = textOf(reply.data, 'limit') ?? 'unknown';
    super({ ...reply, message: `${reply.message}: ${limit}` });
    this.limit = limit;
    this.mayHaveRun = !['code', 'caller', 'globals', 'prepared'].includes(limit);
  }
}

/** 1004: cancelled. `cause` is the reason given to the signal or to `cancel`, if any. */
export class CancelledError extends EndedError {
  override name = 'CancelledError';
  constructor(
    reply: ErrorReply,
    override readonly mayHaveRun: boolean,
  ) {
    super(reply);
  }
}

/** 1100: the request is not a valid script. */
export class InvalidScriptError extends ReplyError {
  override name = 'InvalidScriptError';
  override readonly mayHaveRun = false;
  /** All invalid fields. */
  readonly fields: readonly FieldProblem[];
  constructor(reply: ErrorReply) {
    const { fields } = dataOf(reply.data);
    const known: readonly FieldProblem[] = Array.isArray(fields) ? fields.filter(isFieldProblem) : [];
    super({ ...reply, message: [reply.message, ...known.map(describe)].join('; ') });
    this.fields = known;
  }
}

/** 1101 to 1103: unknown method, invalid message, or forbidden. Nothing ran. */
export class RejectedError extends ReplyError {
  override name = 'RejectedError';
  override readonly mayHaveRun = false;
}

/** 1104: the service has no prepared script with this id, or has forgotten it. Nothing ran. */
export class UnknownScriptError extends ReplyError {
  override name = 'UnknownScriptError';
  override readonly mayHaveRun = false;
}

/** 1200: no runner became available, or the client's tenant exceeded its rate limit. Nothing ran. */
export class BusyError extends ReplyError {
  override name = 'BusyError';
  override readonly mayHaveRun = false;
  /** Milliseconds until the rate limit allows the next request; absent if the rate limit is not the cause. */
  readonly retryAfterMs: number | undefined;
  constructor(reply: ErrorReply) {
    super(reply);
    const { retryAfterMs } = dataOf(reply.data);
    this.retryAfterMs = typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
  }
}

/** 1201: the runner died or failed to start; the script is not the cause. */
export class SandboxFailedError extends EndedError {
  override name = 'SandboxFailedError';
  /** A reply without data means that no runner had started. */
  override readonly mayHaveRun: boolean;
  constructor(reply: ErrorReply) {
    super(reply);
    this.mayHaveRun = reply.data !== undefined;
  }
}

/** 1202: the service is shutting down. Nothing ran. */
export class ShuttingDownError extends ReplyError {
  override name = 'ShuttingDownError';
  override readonly mayHaveRun = false;
}

/** 1203: an internal error of the service. The script may have run. */
export class InternalError extends ReplyError {
  override name = 'InternalError';
}

const CLASSES: ReadonlyMap<number, new (reply: ErrorReply) => ReplyError> = new Map<
  number,
  new (reply: ErrorReply) => ReplyError
>([
  [1000, ScriptError],
  [1001, NotImplementedError],
  [1002, TimeoutError],
  [1003, LimitError],
  [1100, InvalidScriptError],
  [1101, RejectedError],
  [1102, RejectedError],
  [1103, RejectedError],
  [1104, UnknownScriptError],
  [1200, BusyError],
  [1201, SandboxFailedError],
  [1202, ShuttingDownError],
  [1203, InternalError],
]);

export const CANCELLED: ErrorReply = { code: 1004, message: 'Cancelled' };

/** Creates the error for a reply, with the class of its code. */
export function errorOf(reply: ErrorReply): ReplyError {
  if (reply.code === CANCELLED.code) return new CancelledError(reply, true);
  return new (CLASSES.get(reply.code) ?? ReplyError)(reply);
}

/** The reply, with the hint of its data in the message. */
function withHint(reply: ErrorReply): ErrorReply {
  const hint = textOf(reply.data, 'hint');
  return hint === undefined ? reply : { ...reply, message: `${reply.message}: ${hint}` };
}

function dataOf(data: unknown): Data {
  return typeof data === 'object' && data !== null ? (data as Data) : {};
}

function textOf(data: unknown, key: string): string | undefined {
  const value = dataOf(data)[key];
  return typeof value === 'string' ? value : undefined;
}

function linesOf(data: unknown): readonly string[] {
  const { console } = dataOf(data);
  return isTexts(console) ? console : [];
}

function describe({ field, problem }: FieldProblem): string {
  return `${field} ${problem}`;
}
