import type { Allowance, Execution } from '../execution.js';
import type { ExecutionLimits } from '../boundary/messages.js';
import type { ExecutionBounds } from './running-execution.js';

/** What an execution may use: the sandbox's own limits, or those that it brings, as far as they may go. */
export function boundsOf(
  { limits, hostTime, timeoutMs }: Execution,
  own: ExecutionBounds,
  widest: Allowance = {},
): ExecutionBounds {
  if (limits === undefined && hostTime !== 'pauses') return own;
  const { maxMemoryBytes, maxCpuMs, maxHostTimeMs, maxResultBytes, maxConsoleLines, maxConsoleBytes } =
    limits ?? {};
  const cpuMs = chosen(maxCpuMs, own.maxCpuMs ?? Infinity, widest.maxCpuMs);
  return {
    maxDepth: own.maxDepth,
    consoleExcess: own.consoleExcess,
    maxMemoryBytes: chosen(maxMemoryBytes, own.maxMemoryBytes),
    // A clock that stands still must not let a script compute for ever.
    maxCpuMs: hostTime === 'pauses' ? Math.min(cpuMs, timeoutMs) : cpuMs,
    maxHostTimeMs: Math.max(chosen(maxHostTimeMs, own.maxHostTimeMs), timeoutMs),
    maxResultBytes: chosen(maxResultBytes, own.maxResultBytes, widest.maxResultBytes),
    maxConsoleLines: chosen(maxConsoleLines, own.maxConsoleLines, widest.maxConsoleLines),
    maxConsoleBytes: chosen(maxConsoleBytes, own.maxConsoleBytes, widest.maxConsoleBytes),
  };
}

/** The part of them that the runner is told. */
export function limitsOf(bounds: ExecutionLimits): ExecutionLimits {
  const { maxResultBytes, maxDepth, maxConsoleLines, maxConsoleBytes } = bounds;
  return { maxResultBytes, maxDepth, maxConsoleLines, maxConsoleBytes };
}

function chosen(asked: number | undefined, own: number, widest = own): number {
  return asked === undefined ? own : Math.min(asked, Math.max(own, widest));
}
