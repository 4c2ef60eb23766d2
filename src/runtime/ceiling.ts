import {
  type AskedLimits,
  ceilingOf,
  type Isolation,
  type LimitOptions,
  type Limits,
  narrow,
} from '../sandbox/index.js';
import type { FieldProblem } from './errors.js';
import type { RuntimeOptions } from './runtime.options.js';
import type { TenantLimits } from './tenant-policies.provider.js';

const MIB = 2 ** 20;

/** The widest that the executions of a tenant may ask for. */
export interface Ceiling {
  readonly timeoutMs: number;
  /** Nothing looser. */
  readonly isolation: Isolation;
  readonly limits: Limits;
}

/** The ceiling that the operator's settings give every tenant. */
export function serviceCeiling(
  { timeoutMs, maxTimeoutMs = timeoutMs }: Pick<RuntimeOptions, 'timeoutMs' | 'maxTimeoutMs'>,
  sandbox: LimitOptions & { readonly isolation: Isolation },
): Ceiling {
  return {
    timeoutMs: Math.max(timeoutMs, maxTimeoutMs),
    isolation: sandbox.isolation,
    limits: ceilingOf(sandbox),
  };
}

/** The ceiling of a tenant with limits of its own. */
export function tenantCeiling(ceiling: Ceiling, limits: TenantLimits | undefined): Ceiling {
  if (limits === undefined) return ceiling;
  const { timeout = Infinity, isolation } = limits;
  return {
    timeoutMs: Math.min(ceiling.timeoutMs, timeout),
    isolation: isolation === 'process' ? isolation : ceiling.isolation,
    limits: narrow(ceiling.limits, limitsOf(limits)),
  };
}

/**
 * Limits from the wire's names and units, which are those of the tenants file too.
 * @param defaults for absent ones
 */
export function limitsOf(
  { cpu, hostTime, memory, result, console }: TenantLimits,
  defaults: AskedLimits = {},
): AskedLimits {
  return {
    maxCpuMs: cpu ?? defaults.maxCpuMs,
    maxHostTimeMs: hostTime ?? defaults.maxHostTimeMs,
    maxMemoryBytes: memory === undefined ? defaults.maxMemoryBytes : memory * MIB,
    maxResultBytes: result ?? defaults.maxResultBytes,
    maxConsoleLines: console?.lines ?? defaults.maxConsoleLines,
    maxConsoleBytes: console?.bytes ?? defaults.maxConsoleBytes,
  };
}

/** Lists each limit that exceeds the ceiling, with its bound in the units of the wire. */
export function excessesOf(asked: TenantLimits, ceiling: Ceiling): readonly FieldProblem[] {
  const { timeout, cpu, hostTime, memory, result, console, isolation } = asked;
  const { limits } = ceiling;
  const bounds: readonly (readonly [field: string, asked: number | undefined, bound: number])[] = [
    ['timeout', timeout, ceiling.timeoutMs],
    ['cpu', cpu, limits.maxCpuMs ?? Infinity],
    ['hostTime', hostTime, limits.maxHostTimeMs],
    ['memory', memory, limits.maxMemoryBytes / MIB],
    ['result', result, limits.maxResultBytes],
    ['console.lines', console?.lines, limits.maxConsoleLines],
    ['console.bytes', console?.bytes, limits.maxConsoleBytes],
  ];
  const problems = bounds
    .filter(([, value, bound]) => value !== undefined && value > bound)
    .map(([field, , bound]) => ({ field, problem: `must be at most ${bound}` }));
  if (isolation === 'context' && ceiling.isolation === 'process')
    problems.push({ field: 'isolation', problem: 'must be "process"' });
  return problems;
}
