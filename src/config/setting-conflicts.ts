/** Settings whose values depend on each other. */
interface Related {
  readonly SECRET: string | undefined;
  readonly SECRET_FILE: string | undefined;
  readonly SECRETS_FILE: string | undefined;
  readonly EGRESS_HEADERS: unknown;
  readonly EGRESS_HEADERS_FILE: unknown;
  readonly MAX_CONCURRENCY: number;
  readonly SANDBOX_MIN_RUNNERS: number;
  readonly SANDBOX_MEMORY: number;
  readonly SANDBOX_HEAP: number | undefined;
  readonly TIMEOUT: number;
  readonly SANDBOX_CPU: number | undefined;
  readonly SANDBOX_MAX_RESULT_BYTES: number;
  readonly SANDBOX_MAX_CONSOLE_LINES: number;
  readonly SANDBOX_MAX_CONSOLE_BYTES: number;
  readonly LIMITS_MAX_TIMEOUT: number | undefined;
  readonly LIMITS_MAX_HOST_TIME: number | undefined;
  readonly LIMITS_MAX_CPU: number | undefined;
  readonly LIMITS_MAX_RESULT_BYTES: number | undefined;
  readonly LIMITS_MAX_CONSOLE_LINES: number | undefined;
  readonly LIMITS_MAX_CONSOLE_BYTES: number | undefined;
}

type Conflict = readonly [name: keyof Related, problem: string];

/** The first setting of each pair must not exceed the second. */
const ORDERED = [
  ['SANDBOX_MIN_RUNNERS', 'MAX_CONCURRENCY'],
  ['SANDBOX_HEAP', 'SANDBOX_MEMORY'],
] as const;

/** Each upper bound must not be below its limit. */
const CEILINGS = [
  ['LIMITS_MAX_TIMEOUT', 'TIMEOUT'],
  ['LIMITS_MAX_HOST_TIME', 'TIMEOUT'],
  ['LIMITS_MAX_CPU', 'SANDBOX_CPU'],
  ['LIMITS_MAX_RESULT_BYTES', 'SANDBOX_MAX_RESULT_BYTES'],
  ['LIMITS_MAX_CONSOLE_LINES', 'SANDBOX_MAX_CONSOLE_LINES'],
  ['LIMITS_MAX_CONSOLE_BYTES', 'SANDBOX_MAX_CONSOLE_BYTES'],
] as const;

/** Conflicts between settings that are each valid by themselves. */
export function conflictsOf(given: Related): readonly Conflict[] {
  const conflicts: Conflict[] = [];
  for (const [name, other] of ORDERED) {
    const [value, max] = [given[name], given[other]];
    if (value !== undefined && value > max)
      conflicts.push([name, `"${value}" is greater than ${other} (${max})`]);
  }
  for (const [name, other] of CEILINGS) {
    const [value, min] = [given[name], given[other]];
    if (value === undefined) continue;
    if (min === undefined) conflicts.push([name, `requires ${other}, which is not set`]);
    else if (value < min) conflicts.push([name, `"${value}" is less than ${other} (${min})`]);
  }
  if (given.EGRESS_HEADERS !== undefined && given.EGRESS_HEADERS_FILE !== undefined)
    conflicts.push(['EGRESS_HEADERS_FILE', 'cannot be combined with EGRESS_HEADERS']);
  const secrets = (['SECRET', 'SECRET_FILE', 'SECRETS_FILE'] as const).filter(
    (name) => given[name] !== undefined && given[name] !== '',
  );
  const [first = '', ...others] = secrets;
  return [...conflicts, ...others.map((name) => [name, `cannot be combined with ${first}`] as const)];
}
