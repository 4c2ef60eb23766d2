import { JsonText } from '../json-text/index.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';
import type { FieldProblem } from './errors.js';
import { optionsProblems } from './options-problems.js';

/** Maximum size of options that are cached, in bytes of JSON. */
export const KNOWN_BYTES = 256;
const MAX_KNOWN = 256;

/** Cache of parsed options, shared by all clients: most requests repeat the same few options. */
const known = new Map<string, ExecutionOptionsDto>();

/**
 * Validates the `options` of a payload. Null counts as absent and is dropped.
 * @param options a value of any type, or a short `JsonText`
 * @returns the options, or the problems if any
 */
export function checkedOptions(options: unknown): ExecutionOptionsDto | readonly FieldProblem[] {
  if (!(options instanceof JsonText)) return checked(options);
  const text = options.toString();
  const found = known.get(text);
  if (found !== undefined) return found;
  const made = checked(JSON.parse(text));
  if (!isProblems(made)) {
    if (known.size === MAX_KNOWN) known.clear();
    known.set(text, frozen(made));
  }
  return made;
}

/** Distinguishes the two results of {@link checkedOptions}. */
export function isProblems(
  options: ExecutionOptionsDto | readonly FieldProblem[],
): options is readonly FieldProblem[] {
  return Array.isArray(options);
}

function checked(options: unknown): ExecutionOptionsDto | readonly FieldProblem[] {
  const problems = optionsProblems(options);
  return problems.length > 0 ? problems : withoutNulls(options as object);
}

function withoutNulls(options: object): object {
  const given = Object.entries(options).filter(([, value]) => value !== null);
  const { console, ...others } = Object.fromEntries(given) as { console?: object };
  return console === undefined ? others : { ...others, console: withoutNulls(console) };
}

/** Frozen, since it is shared. */
function frozen<T extends object>(options: T): T {
  for (const value of Object.values(options)) if (typeof value === 'object') Object.freeze(value);
  return Object.freeze(options);
}
