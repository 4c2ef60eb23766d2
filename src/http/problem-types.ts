import { PROTOCOL_ERRORS, type CatalogueEntry } from '../protocol/errors.js';
import { RUNTIME_ERRORS } from '../runtime/errors.js';

/** Problem type (RFC 9457) of an error code. */
export interface ProblemType {
  readonly code: number;
  readonly status: number;
  /** The same for all errors of the type. */
  readonly title: string;
  /** Default for errors without a more specific detail. */
  readonly detail: string;
}

const CATALOGUE: readonly CatalogueEntry[] = [
  ...Object.values(RUNTIME_ERRORS),
  ...Object.values(PROTOCOL_ERRORS),
];

/**
 * The problem types of all error codes. 422 stands for a failure of the script: it is neither a value nor a failure of
 * the service. Only 503 and 429 mean that nothing ran and that the request may be retried.
 */
export const PROBLEM_TYPES: readonly ProblemType[] = CATALOGUE.map(({ code, message, http }) => ({
  code,
  title: message,
  ...http,
}));

/**
 * Replaces parts of the type "busy" if the tenant exceeded its rate limit: the cause is the client, not the load of
 * the service.
 */
export const RATE_LIMITED = {
  status: 429,
  detail: 'The tenant exceeded its rate limit. Nothing ran.',
} as const satisfies Partial<ProblemType>;

/** Replaces parts of the type "busy" if the tenant has used up its share of the gateway's memory. */
export const MEMORY_SHARE_EXHAUSTED = {
  detail: 'The tenant has used up its share of the service’s memory. Nothing ran.',
} as const satisfies Partial<ProblemType>;

const RAN: ReadonlySet<number> = new Set(CATALOGUE.filter(({ hasRun: ran }) => ran).map(({ code }) => code));

const BY_CODE: ReadonlyMap<number, ProblemType> = new Map(PROBLEM_TYPES.map((each) => [each.code, each]));

/** Whether the error code means that the script ran. For other codes nothing ran, or it is unknown. */
export function hasRun(code: number): boolean {
  return RAN.has(code);
}

/** @throws RangeError if the table lacks the code */
export function problemTypeOf(code: number): ProblemType {
  const found = BY_CODE.get(code);
  if (found === undefined) throw new RangeError(`error ${code} has no problem type`);
  return found;
}
