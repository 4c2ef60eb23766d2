import { DuplexError, PROTOCOL_ERRORS } from '../protocol/errors.js';
import { RUNTIME_ERRORS, type FieldProblem } from '../runtime/errors.js';
import { HttpRefusal } from './errors.js';
import { kindOf, PAST_MEMORY, PAST_RATE, type ProblemKind } from './problem-kinds.js';

/** The media type of RFC 9457. */
export const PROBLEM_TYPE = 'application/problem+json';

/** An error as RFC 9457 has it. Its data are further members, of which none has one of these names. */
export interface Problem {
  /** One for each code. */
  readonly type: string;
  readonly title: string;
  /** That of the answer; in an event stream, that which the answer would have had. */
  readonly status: number;
  /** What happened this time. */
  readonly detail: string;
  /** The error's code in PROTOCOL.md. */
  readonly code: number;
  readonly [member: string]: unknown;
}

/** What is neither a {@link DuplexError} nor an {@link HttpRefusal} is told as internal, with no detail of it. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpRefusal) {
    return problem({ ...kindOf(error.code), status: error.status, detail: error.message });
  }
  if (!(error instanceof DuplexError)) return problem(kindOf(PROTOCOL_ERRORS.internal.code));
  const kind = kindOf(error.code);
  const data: Readonly<Record<string, unknown>> = { ...(error.data as object | undefined) };
  switch (error.code) {
    case RUNTIME_ERRORS.threw.code: {
      const detail = data['message'] === '' ? error.message : `${error.message}: ${String(data['message'])}`;
      return { ...problem({ ...kind, detail }), name: error.message, ...data };
    }
    case RUNTIME_ERRORS.invalidScript.code: {
      const fields = data['fields'] as readonly FieldProblem[];
      const detail = fields.map(({ field, problem: fault }) => `${field} ${fault}`).join('; ');
      return { ...problem({ ...kind, detail }), ...data };
    }
    case RUNTIME_ERRORS.busy.code:
      return { ...problem({ ...kind, ...busyKind(data['limit']) }), ...data };
    default:
      return { ...problem(kind), ...data };
  }
}

function busyKind(limit: unknown): Partial<ProblemKind> {
  if (limit === 'rate') return PAST_RATE;
  return limit === 'memory' ? PAST_MEMORY : {};
}

function problem({ code, title, status, detail }: ProblemKind): Problem {
  return { type: `urn:javascriptd:error:${code}`, title, status, detail, code };
}
