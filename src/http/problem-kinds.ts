import { PROTOCOL_ERRORS, type CatalogueEntry } from '../protocol/errors.js';
import { RUNTIME_ERRORS } from '../runtime/errors.js';

/** How an error of the catalogues is answered over HTTP. */
export interface ProblemKind {
  readonly code: number;
  readonly status: number;
  /** The same for each error of the kind. */
  readonly title: string;
  /** Where nothing more can be said about the one error. */
  readonly detail: string;
}

const CATALOGUE: readonly CatalogueEntry[] = [
  ...Object.values(RUNTIME_ERRORS),
  ...Object.values(PROTOCOL_ERRORS),
];

/**
 * Each error of the catalogues, once. 422 is the script's own doing: taken for no value, and for no failure of the
 * service. 503 alone says that nothing ran and that the same request may be sent again; so does 429, below.
 */
export const PROBLEM_KINDS: readonly ProblemKind[] = CATALOGUE.map(({ code, message, http }) => ({
  code,
  title: message,
  ...http,
}));

/** Of those that are busy, one whose tenant is past its rate: the client's own doing, and not the service's state. */
export const PAST_RATE = {
  status: 429,
  detail: 'The tenant is past its rate. Nothing ran.',
} as const satisfies Partial<ProblemKind>;

/** Of those that are busy, one whose tenant has taken its share of the gateway's memory. */
export const PAST_MEMORY = {
  detail: 'The tenant has taken its share of the service’s memory. Nothing ran.',
} as const satisfies Partial<ProblemKind>;

const RAN: ReadonlySet<number> = new Set(CATALOGUE.filter(({ hasRun: ran }) => ran).map(({ code }) => code));

const BY_CODE: ReadonlyMap<number, ProblemKind> = new Map(PROBLEM_KINDS.map((each) => [each.code, each]));

/** Whether an error says what became of a script; with the others nothing ran, or nobody knows. */
export function hasRun(code: number): boolean {
  return RAN.has(code);
}

/** @throws when the catalogues have grown and the table has not */
export function kindOf(code: number): ProblemKind {
  const found = BY_CODE.get(code);
  if (found === undefined) throw new RangeError(`error ${code} has no kind of problem`);
  return found;
}
