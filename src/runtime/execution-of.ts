import { Allowlist, type Execution } from '../sandbox/index.js';
import { type Ceiling, excessesOf, limitsOf } from './ceiling.js';
import { invalidScript } from './errors.js';
import type { ScriptRequest } from './script.dto.js';

/** What the operator allows for the scripts of a tenant. */
export interface Allowed extends Pick<
  Execution,
  'modules' | 'egress' | 'tenant' | 'concurrency' | 'timeZone'
> {
  /** Defaults for a request without options. */
  readonly defaults: Pick<Execution, 'timeoutMs' | 'isolation' | 'limits'>;
  /** Upper bounds for the options of a request. */
  readonly ceiling: Ceiling;
}

/** How to run an execution, besides the client's options and the operator's limits. */
interface Way extends Pick<Execution, 'takesText'> {
  /** Id of the script, if it was prepared. */
  readonly prepared?: string | undefined;
  /** Whether the sandbox supports reused contexts. */
  readonly reuses?: boolean;
}

/**
 * Builds the execution for a script and its options.
 * @throws DuplexError 1100 naming each option that exceeds its bound
 */
export function executionOf(
  script: ScriptRequest,
  allowed: Allowed,
  { prepared, takesText, reuses = false }: Way = {},
): Execution {
  const { options } = script;
  const { tenant, modules, egress, concurrency, timeZone, defaults, ceiling } = allowed;
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
      timeZone,
      timeoutMs,
      isolation,
      limits,
    };
  // In options, `hostTime` is a mode, not a duration.
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
    timeZone,
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
    isPrepared ? 'is not supported with isolation "process"' : 'requires a prepared "script"',
  ];
  if (!isPrepared || !isKept) throw invalidScript([{ field, problem }]);
}

/** Modules that both the client and the operator allow. A pattern must be in both lists. */
function narrowed(asked: readonly string[], allowed: readonly string[]): readonly string[] {
  const allowlist = new Allowlist(allowed);
  return asked.filter((name) => allowlist.allows(name.replace(/^node:/, '')));
}
