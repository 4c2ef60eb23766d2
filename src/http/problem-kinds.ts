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

const { threw, missing, timedOut, exhausted, cancelled, invalidScript, unknownScript, busy, failed } =
  RUNTIME_ERRORS;
const { unknownMethod, invalidMessage, forbidden, shuttingDown, internal } = PROTOCOL_ERRORS;

/**
 * Each error of the catalogues, once. 422 is the script's own doing: taken for no value, and for no failure of the
 * service. 503 alone says that nothing ran and that the same request may be sent again; so does 429, below.
 */
export const PROBLEM_KINDS: readonly ProblemKind[] = [
  { ...kind(threw, 422, 'The script threw.'), title: 'Script threw' },
  kind(missing, 422, 'The script has no function of the name in "call".'),
  kind(timedOut, 504, 'The script and its call took longer than they may.'),
  kind(exhausted, 422, 'The script passed a limit.'),
  kind(cancelled, 499, 'The client went away before the answer.'),
  kind(invalidScript, 400, 'The body is not a script.'),
  kind(
    unknownScript,
    404,
    'No script of this id is prepared, or not any more. Nothing ran; prepare it again.',
  ),
  kind(unknownMethod, 404, 'There is nothing at this path.'),
  kind(invalidMessage, 400, 'The body is not JSON.'),
  kind(forbidden, 403, 'The request was refused.'),
  kind(busy, 503, 'No runner became free. Nothing ran.'),
  kind(failed, 502, 'The runner died, or did not start, for a reason that is not the script’s.'),
  kind(shuttingDown, 503, 'The service is stopping. Nothing ran.'),
  kind(internal, 500, 'Something went wrong in the service.'),
];

/** Of those that are busy, one whose tenant is past its rate: the client's own doing, and not the service's state. */
export const PAST_RATE = {
  status: 429,
  detail: 'The tenant is past its rate. Nothing ran.',
} as const satisfies Partial<ProblemKind>;

/** Of those that are busy, one whose tenant has taken its share of the gateway's memory. */
export const PAST_MEMORY = {
  detail: 'The tenant has taken its share of the service’s memory. Nothing ran.',
} as const satisfies Partial<ProblemKind>;

const RAN: ReadonlySet<number> = new Set(
  [threw, missing, timedOut, exhausted, cancelled, failed].map(({ code }) => code),
);

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

function kind({ code, message: title }: CatalogueEntry, status: number, detail: string): ProblemKind {
  return { code, status, title, detail };
}
