import type { OutputLimits } from './boundary/output-limits.js';

/**
 * The limits of one execution. Settings, tenants, clients, the pool and its runner processes all use this one shape; each
 * narrows it with {@link narrow}.
 */
export interface Limits extends OutputLimits {
  /** Memory of a runner process, in bytes: heap, buffers, WebAssembly, and about 50 MiB of Node itself. */
  readonly maxMemoryBytes: number;
  /** Processor time of an execution, in milliseconds; undefined: its deadline bounds it. */
  readonly maxCpuMs: number | undefined;
  /**
   * Milliseconds by the clock of an execution with `hostTime: 'pauses'`, waiting for its host included. Its own
   * `timeoutMs` is always allowed.
   */
  readonly maxHostTimeMs: number;
}

/** Limits that somebody asks for; absent ones are the defaults. */
export type AskedLimits = { readonly [Limit in keyof Limits]?: Limits[Limit] | undefined };

/**
 * Narrows limits: none is wider than the ceiling.
 * @param limits asked for; absent ones are those of `defaults`
 */
export function narrow(ceiling: Limits, limits: AskedLimits, defaults = ceiling): Limits {
  const cpuMs = Math.min(ceiling.maxCpuMs ?? Infinity, limits.maxCpuMs ?? defaults.maxCpuMs ?? Infinity);
  return {
    maxMemoryBytes: Math.min(ceiling.maxMemoryBytes, limits.maxMemoryBytes ?? defaults.maxMemoryBytes),
    maxCpuMs: cpuMs === Infinity ? undefined : cpuMs,
    maxHostTimeMs: Math.min(ceiling.maxHostTimeMs, limits.maxHostTimeMs ?? defaults.maxHostTimeMs),
    maxResultBytes: Math.min(ceiling.maxResultBytes, limits.maxResultBytes ?? defaults.maxResultBytes),
    maxDepth: Math.min(ceiling.maxDepth, limits.maxDepth ?? defaults.maxDepth),
    maxConsoleLines: Math.min(ceiling.maxConsoleLines, limits.maxConsoleLines ?? defaults.maxConsoleLines),
    maxConsoleBytes: Math.min(ceiling.maxConsoleBytes, limits.maxConsoleBytes ?? defaults.maxConsoleBytes),
  };
}

/** What {@link SandboxOptions} say about limits. */
export interface LimitOptions extends Limits {
  /** How far an execution's own limits may go beyond these; an absent one cannot be widened. A smaller one narrows nothing. */
  readonly widest: Pick<AskedLimits, 'maxCpuMs' | 'maxResultBytes' | 'maxConsoleLines' | 'maxConsoleBytes'>;
}

/** The widest limits that an execution may have: the only place where settings and ceilings are joined. */
export function ceilingOf({ widest, ...defaults }: LimitOptions): Limits {
  const { maxCpuMs } = defaults;
  return {
    maxMemoryBytes: defaults.maxMemoryBytes,
    maxCpuMs: maxCpuMs === undefined ? undefined : Math.max(maxCpuMs, widest.maxCpuMs ?? 0),
    maxHostTimeMs: defaults.maxHostTimeMs,
    maxResultBytes: Math.max(defaults.maxResultBytes, widest.maxResultBytes ?? 0),
    maxDepth: defaults.maxDepth,
    maxConsoleLines: Math.max(defaults.maxConsoleLines, widest.maxConsoleLines ?? 0),
    maxConsoleBytes: Math.max(defaults.maxConsoleBytes, widest.maxConsoleBytes ?? 0),
  };
}
