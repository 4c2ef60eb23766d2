import type { Execution } from '../execution.js';
import type { ExecutionBounds } from './running-execution.js';

/** What an execution may use: the sandbox's own limits, or the narrower ones that it brings. */
export function boundsOf({ limits, hostTime, timeoutMs }: Execution, own: ExecutionBounds): ExecutionBounds {
  if (limits === undefined && hostTime !== 'pauses') return own;
  const { maxMemoryBytes, maxCpuMs, maxResultBytes, maxConsoleLines, maxConsoleBytes } = limits ?? {};
  return {
    maxDepth: own.maxDepth,
    consoleExcess: own.consoleExcess,
    maxMemoryBytes: least(own.maxMemoryBytes, maxMemoryBytes),
    // A clock that stands still must not let a script compute for ever.
    maxCpuMs: least(own.maxCpuMs ?? Infinity, maxCpuMs, hostTime === 'pauses' ? timeoutMs : undefined),
    maxResultBytes: least(own.maxResultBytes, maxResultBytes),
    maxConsoleLines: least(own.maxConsoleLines, maxConsoleLines),
    maxConsoleBytes: least(own.maxConsoleBytes, maxConsoleBytes),
  };
}

function least(own: number, ...asked: readonly (number | undefined)[]): number {
  return Math.min(own, ...asked.filter((limit) => limit !== undefined));
}
