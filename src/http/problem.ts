import { DuplexError, PROTOCOL_ERRORS } from '../protocol/errors.js';
import { RUNTIME_ERRORS, type FieldProblem } from '../runtime/errors.js';
import { HttpError } from './errors.js';
import { MEMORY_SHARE_EXHAUSTED, problemTypeOf, RATE_LIMITED, type ProblemType } from './problem-types.js';

/** Media type of problem details (RFC 9457). */
export const PROBLEM_MEDIA_TYPE = 'application/problem+json';

/** Problem details of an error (RFC 9457). The error's data are extension members; none has one of these names. */
export interface Problem {
  /** URI of the problem type; one for each code. */
  readonly type: string;
  readonly title: string;
  /** HTTP status of the response; in an event stream, the status that a plain response would have. */
  readonly status: number;
  /** Explanation of this occurrence. */
  readonly detail: string;
  /** The error's code in PROTOCOL.md. */
  readonly code: number;
  readonly [member: string]: unknown;
}

/** Any error but a {@link DuplexError} or an {@link HttpError} becomes an internal error without details. */
export function problemOf(error: unknown): Problem {
  if (error instanceof HttpError) {
    return problem({ ...problemTypeOf(error.code), status: error.status, detail: error.message });
  }
  if (!(error instanceof DuplexError)) return problem(problemTypeOf(PROTOCOL_ERRORS.internal.code));
  const type = problemTypeOf(error.code);
  const data: Readonly<Record<string, unknown>> = { ...(error.data as object | undefined) };
  switch (error.code) {
    case RUNTIME_ERRORS.threw.code: {
      const detail = data['message'] === '' ? error.message : `${error.message}: ${String(data['message'])}`;
      return { ...problem({ ...type, detail }), name: error.message, ...data };
    }
    case RUNTIME_ERRORS.invalidScript.code: {
      const fields = data['fields'] as readonly FieldProblem[];
      const detail = fields.map(({ field, problem: fault }) => `${field} ${fault}`).join('; ');
      return { ...problem({ ...type, detail }), ...data };
    }
    case RUNTIME_ERRORS.busy.code:
      return { ...problem({ ...type, ...busyType(data['limit']) }), ...data };
    default: {
      const { hint } = data;
      return {
        ...problem(typeof hint === 'string' ? { ...type, detail: `${type.detail} Hint: ${hint}.` } : type),
        ...data,
      };
    }
  }
}

function busyType(limit: unknown): Partial<ProblemType> {
  if (limit === 'rate') return RATE_LIMITED;
  return limit === 'memory' ? MEMORY_SHARE_EXHAUSTED : {};
}

function problem({ code, title, status, detail }: ProblemType): Problem {
  return { type: `urn:javascriptd:error:${code}`, title, status, detail, code };
}
