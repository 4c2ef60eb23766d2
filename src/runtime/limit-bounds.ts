import type { Isolation, SandboxOptions } from '../sandbox/index.js';
import type { FieldProblem } from './errors.js';
import type { RuntimeOptions } from './runtime.options.js';
import type { TenantLimits } from './tenant-policies.provider.js';

const MIB = 2 ** 20;

/** Upper bounds for requested limits, in the units of `options`; Infinity if unbounded. */
export interface LimitBounds {
  readonly timeout: number;
  readonly cpu: number;
  readonly hostTime: number;
  readonly memory: number;
  readonly result: number;
  readonly lines: number;
  readonly bytes: number;
  /** The loosest level that is allowed. */
  readonly isolation: Isolation;
}

/** The bounds from the settings, for every tenant and request. */
export function boundsOfService(
  { timeoutMs, maxTimeoutMs = timeoutMs }: RuntimeOptions,
  { widest, ...own }: SandboxOptions,
): LimitBounds {
  return {
    timeout: Math.max(timeoutMs, maxTimeoutMs),
    cpu: Math.max(own.maxCpuMs ?? Infinity, widest.maxCpuMs ?? 0),
    hostTime: own.maxHostTimeMs,
    memory: own.maxMemoryBytes / MIB,
    result: Math.max(own.maxResultBytes, widest.maxResultBytes ?? 0),
    lines: Math.max(own.maxConsoleLines, widest.maxConsoleLines ?? 0),
    bytes: Math.max(own.maxConsoleBytes, widest.maxConsoleBytes ?? 0),
    isolation: own.isolation,
  };
}

/** The bounds for the requests of a tenant with its own limits. */
export function narrowedBy(limits: TenantLimits | undefined, bounds: LimitBounds): LimitBounds {
  if (limits === undefined) return bounds;
  const { timeout, cpu, hostTime, memory, result, console, isolation } = limits;
  return {
    timeout: least(bounds.timeout, timeout),
    cpu: least(bounds.cpu, cpu),
    hostTime: least(bounds.hostTime, hostTime),
    memory: least(bounds.memory, memory),
    result: least(bounds.result, result),
    lines: least(bounds.lines, console?.lines),
    bytes: least(bounds.bytes, console?.bytes),
    isolation: isolation === 'process' ? isolation : bounds.isolation,
  };
}

/** A problem for each limit that exceeds its bound. */
export function excessesOf(limits: TenantLimits, most: LimitBounds): readonly FieldProblem[] {
  const { timeout, cpu, hostTime, memory, result, console, isolation } = limits;
  const asked: readonly (readonly [field: string, asked: number | undefined, most: number])[] = [
    ['timeout', timeout, most.timeout],
    ['cpu', cpu, most.cpu],
    ['hostTime', hostTime, most.hostTime],
    ['memory', memory, most.memory],
    ['result', result, most.result],
    ['console.lines', console?.lines, most.lines],
    ['console.bytes', console?.bytes, most.bytes],
  ];
  return [
    ...asked
      .filter(([, value, bound]) => value !== undefined && value > bound)
      .map(([field, , bound]) => ({ field, problem: `must be at most ${bound}` })),
    ...(isolation === 'context' && most.isolation === 'process'
      ? [{ field: 'isolation', problem: 'must be "process"' }]
      : []),
  ];
}

function least(bound: number, limit: number | undefined): number {
  return limit === undefined ? bound : Math.min(bound, limit);
}
