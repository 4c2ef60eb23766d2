import { JsonText } from '../json-text/index.js';
import type { ExecutionOptionsDto } from './execution-options.dto.js';
import type { FieldProblem } from './errors.js';
import { optionsProblems } from './options-problems.js';

/** Options whose JSON is no longer are known again; in bytes. */
export const KNOWN_BYTES = 256;
const MAX_KNOWN = 256;

/** Clients send the same few options with every request. They depend on nothing but their text, so they are shared by all. */
const known = new Map<string, ExecutionOptionsDto>();

/**
 * The `options` of a payload, with its JSON's nulls left out, which are absent as in the payload itself.
 * @param options of any type, or short ones as a `JsonText`
 * @returns what is wrong with them instead, when anything is
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

/** Tells the two apart that {@link checkedOptions} gives. */
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

/** Shared, so nobody may change it. */
function frozen<T extends object>(options: T): T {
  for (const value of Object.values(options)) if (typeof value === 'object') Object.freeze(value);
  return Object.freeze(options);
}
