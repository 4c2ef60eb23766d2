import { type Allowance, Allowlist, type Execution } from '../sandbox/index.js';
import { invalidScript } from './errors.js';
import { excessesOf, type LimitBounds } from './limit-bounds.js';
import type { ScriptRequest } from './script.dto.js';
import type { TenantLimits } from './tenant-policies.provider.js';

const MIB = 2 ** 20;

/** What the operator lets a tenant's scripts have. */
export interface Allowed extends Pick<Execution, 'modules' | 'tenant' | 'concurrency'> {
  /** What holds where a request says nothing. */
  readonly usual: Pick<Execution, 'timeoutMs' | 'isolation' | 'limits'>;
  /** The widest that a request may ask for. */
  readonly most: LimitBounds;
}

/**
 * The execution that a client asks for with a script and its options.
 * @throws DuplexError 1100 naming each option that asks for more than it may
 */
export function executionOf(script: ScriptRequest, allowed: Allowed): Execution {
  const { options } = script;
  const { tenant, modules, concurrency, usual, most } = allowed;
  const { timeoutMs, isolation, limits } = usual;
  if (options === undefined) return { script, tenant, modules, concurrency, timeoutMs, isolation, limits };
  const excesses = excessesOf(options, most);
  if (excesses.length > 0) {
    throw invalidScript(excesses.map(({ field, problem }) => ({ field: `options.${field}`, problem })));
  }
  return {
    script,
    tenant,
    modules: options.modules === undefined ? modules : narrowed(options.modules, modules),
    concurrency,
    timeoutMs: options.timeout ?? timeoutMs,
    isolation: options.isolation ?? isolation,
    limits: allowanceOf(options, limits),
    functions: options.functions,
    hostTime: options.hostTime,
  };
}

/** @param usual what holds where nothing is said */
export function allowanceOf(
  { cpu, memory, result, console }: TenantLimits,
  usual: Allowance = {},
): Allowance {
  return {
    maxCpuMs: cpu ?? usual.maxCpuMs,
    maxMemoryBytes: memory === undefined ? usual.maxMemoryBytes : memory * MIB,
    maxResultBytes: result ?? usual.maxResultBytes,
    maxConsoleLines: console?.lines ?? usual.maxConsoleLines,
    maxConsoleBytes: console?.bytes ?? usual.maxConsoleBytes,
  };
}

/** Those that both sides let through. A pattern of the client's must be one of the operator's, too. */
function narrowed(asked: readonly string[], allowed: readonly string[]): readonly string[] {
  const allowlist = new Allowlist(allowed);
  return asked.filter((name) => allowlist.allows(name.replace(/^node:/, '')));
}
