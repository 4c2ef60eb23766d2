import { type Allowance, Allowlist, type Execution } from '../sandbox/index.js';
import { invalidScript } from './errors.js';
import { excessesOf, type LimitBounds } from './limit-bounds.js';
import type { ScriptRequest } from './script.dto.js';
import type { TenantLimits } from './tenant-policies.provider.js';

const MIB = 2 ** 20;

/** What the operator allows for the scripts of a tenant. */
export interface Allowed extends Pick<Execution, 'modules' | 'egress' | 'tenant' | 'concurrency'> {
  /** Defaults for a request without options. */
  readonly usual: Pick<Execution, 'timeoutMs' | 'isolation' | 'limits'>;
  /** Upper bounds for the options of a request. */
  readonly most: LimitBounds;
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
  const { tenant, modules, egress, concurrency, usual, most } = allowed;
  const { timeoutMs, isolation, limits } = usual;
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
  // In options, `hostTime` is a mode, not a duration.
  const { hostTime, ...asked } = options;
  const excesses = excessesOf(asked, most);
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
    limits: allowanceOf(asked, limits),
    functions: options.functions,
    hostTime,
  };
}

/** @param usual defaults for absent limits */
export function allowanceOf(
  { cpu, hostTime, memory, result, console }: TenantLimits,
  usual: Allowance = {},
): Allowance {
  return {
    maxCpuMs: cpu ?? usual.maxCpuMs,
    maxHostTimeMs: hostTime ?? usual.maxHostTimeMs,
    maxMemoryBytes: memory === undefined ? usual.maxMemoryBytes : memory * MIB,
    maxResultBytes: result ?? usual.maxResultBytes,
    maxConsoleLines: console?.lines ?? usual.maxConsoleLines,
    maxConsoleBytes: console?.bytes ?? usual.maxConsoleBytes,
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
