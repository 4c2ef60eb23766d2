import { Allowlist, type Execution } from '../sandbox/index.js';
import { type Ceiling, excessesOf, limitsOf } from './ceiling.js';
import { invalidScript } from './errors.js';
import type { ScriptRequest } from './script.dto.js';

/** What the operator lets a tenant's scripts have. */
export interface Allowed extends Pick<Execution, 'modules' | 'egress' | 'tenant' | 'concurrency'> {
  /** For requests that do not ask for others. */
  readonly defaults: Pick<Execution, 'timeoutMs' | 'isolation' | 'limits'>;
  /** The widest that a request may ask for. */
  readonly ceiling: Ceiling;
}

/** Beside what the client asks for and the operator allows. */
interface Way extends Pick<Execution, 'takesText'> {
  /** Id of the script, where it was prepared. */
  readonly prepared?: string | undefined;
  /** Whether the sandbox keeps contexts. */
  readonly reuses?: boolean;
}

/**
 * The execution that a client asks for with a script and its options.
 * @throws DuplexError 1100 naming each option that asks for more than it may
 */
export function executionOf(
  script: ScriptRequest,
  allowed: Allowed,
  { prepared, takesText, reuses = false }: Way = {},
): Execution {
  const { options } = script;
  const { tenant, modules, egress, concurrency, defaults, ceiling } = allowed;
  const { timeoutMs, isolation, limits } = defaults;
  if (options === undefined)
    return {
      script,
      prepared,
      takesText,
      tenant,
      modules,
      egress,
      concurrency,
      timeoutMs,
      isolation,
      limits,
    };
  // Here it says how, and not how long.
  const { hostTime, ...asked } = options;
  const excesses = excessesOf(asked, ceiling);
  if (excesses.length > 0) {
    throw invalidScript(excesses.map(({ field, problem }) => ({ field: `options.${field}`, problem })));
  }
  const level = options.isolation ?? isolation;
  if (options.reuse === true) checkReuse(prepared !== undefined, reuses && level !== 'process');
  return {
    script,
    prepared,
    takesText,
    reuse: options.reuse,
    tenant,
    modules: options.modules === undefined ? modules : narrowed(options.modules, modules),
    egress,
    concurrency,
    timeoutMs: options.timeout ?? timeoutMs,
    isolation: level,
    limits: limitsOf(asked, limits),
    functions: options.functions,
    hostTime,
  };
}

function checkReuse(isPrepared: boolean, isKept: boolean): void {
  const [field, problem] = [
    'options.reuse',
    isPrepared ? 'is not there at level process' : 'needs a prepared "script"',
  ];
  if (!isPrepared || !isKept) throw invalidScript([{ field, problem }]);
}

/** Those that both sides let through. A pattern of the client's must be one of the operator's, too. */
function narrowed(asked: readonly string[], allowed: readonly string[]): readonly string[] {
  const allowlist = new Allowlist(allowed);
  return asked.filter((name) => allowlist.allows(name.replace(/^node:/, '')));
}
