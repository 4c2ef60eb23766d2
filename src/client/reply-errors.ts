import { JavascriptdError } from './errors.js';
import { isFieldProblem, isTexts, type FieldProblem } from './reply-shapes.js';

/** An error reply as it stands in its frame. */
export interface ErrorReply {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

type Data = Readonly<Record<string, unknown>>;

/** An error reply; of this very class when its code is none that this client knows. */
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

/** An error reply with the lines that the script's console had until then. */
export class EndedError extends ReplyError {
  override name = 'EndedError';
  readonly console: readonly string[];
  constructor(reply: ErrorReply) {
    super(reply);
    this.console = linesOf(reply.data);
  }
}

/** 1000: the script threw. Name, message and stack are those of what it threw, with its author's lines. */
export class ScriptError extends EndedError {
  /** From 1, in the code or the caller as they were sent. */
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

/** 1001: the script has no function of the name in `call`. */
export class NotImplementedError extends ReplyError {
  override name = 'NotImplementedError';
}

/** 1002: the script took too long. */
export class TimeoutError extends EndedError {
  override name = 'TimeoutError';
  /** `wall` or `cpu`. */
  readonly limit: string;
  constructor(reply: ErrorReply) {
    super(reply);
    this.limit = textOf(reply.data, 'limit') ?? 'wall';
  }
}

/** 1003: the script passed a limit. */
export class LimitError extends EndedError {
  override name = 'LimitError';
  /** Which one: docs/limits.md. */
  readonly limit: string;
  /** Nothing ran of a script that came too large. */
  override readonly mayHaveRun: boolean;
  constructor(reply: ErrorReply) {
    const limit = textOf(reply.data, 'limit') ?? 'unknown';
    super({ ...reply, message: `${reply.message}: ${limit}` });
    this.limit = limit;
    this.mayHaveRun = !['code', 'caller', 'globals', 'prepared'].includes(limit);
  }
}

/** 1004: cancelled. `cause` is the reason of the signal or of `cancel`, if there was one. */
export class CancelledError extends EndedError {
  override name = 'CancelledError';
  constructor(
    reply: ErrorReply,
    override readonly mayHaveRun: boolean,
  ) {
    super(reply);
  }
}

/** 1100: what was sent is no script. */
export class InvalidScriptError extends ReplyError {
  override name = 'InvalidScriptError';
  override readonly mayHaveRun = false;
  /** Every field that is wrong. */
  readonly fields: readonly FieldProblem[];
  constructor(reply: ErrorReply) {
    const { fields } = dataOf(reply.data);
    const known: readonly FieldProblem[] = Array.isArray(fields) ? fields.filter(isFieldProblem) : [];
    super({ ...reply, message: [reply.message, ...known.map(wordsOf)].join('; ') });
    this.fields = known;
  }
}

/** 1101 to 1103: the service does not have the method, does not take the message, or forbids it. Nothing ran. */
export class RejectedError extends ReplyError {
  override name = 'RejectedError';
  override readonly mayHaveRun = false;
}

/** 1104: the service has no prepared script of this id, or has forgotten it. Nothing ran. */
export class UnknownScriptError extends ReplyError {
  override name = 'UnknownScriptError';
  override readonly mayHaveRun = false;
}

/** 1200: no runner became free, or the client's tenant is past its rate. Nothing ran. */
export class BusyError extends ReplyError {
  override name = 'BusyError';
  override readonly mayHaveRun = false;
  /** Milliseconds until the tenant's rate lets one more through; absent where it was not the rate. */
  readonly retryAfterMs: number | undefined;
  constructor(reply: ErrorReply) {
    super(reply);
    const { retryAfterMs } = dataOf(reply.data);
    this.retryAfterMs = typeof retryAfterMs === 'number' ? retryAfterMs : undefined;
  }
}

/** 1201: the runner died, or did not start, for a reason that is not the script's. */
export class SandboxFailedError extends EndedError {
  override name = 'SandboxFailedError';
  /** Without data no runner had started. */
  override readonly mayHaveRun: boolean;
  constructor(reply: ErrorReply) {
    super(reply);
    this.mayHaveRun = reply.data !== undefined;
  }
}

/** 1202: the service is stopping. Nothing ran. */
export class ShuttingDownError extends ReplyError {
  override name = 'ShuttingDownError';
  override readonly mayHaveRun = false;
}

/** 1203: a fault of the service. The script may have run. */
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

/** The error of a reply, of the class of its code. */
export function errorOf(reply: ErrorReply): ReplyError {
  if (reply.code === CANCELLED.code) return new CancelledError(reply, true);
  return new (CLASSES.get(reply.code) ?? ReplyError)(reply);
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

function wordsOf({ field, problem }: FieldProblem): string {
  return `${field} ${problem}`;
}
