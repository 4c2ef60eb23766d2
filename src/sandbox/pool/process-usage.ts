import { readdirSync, readFileSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

/** What a process has used so far. */
export interface ProcessUsage {
  /** Resident memory: heap, buffers, WebAssembly, code, and what it shares with others. */
  readonly memoryBytes: number;
  /** Processor time of all its threads, in milliseconds; the kernel counts in steps of ten. */
  readonly cpuMs: number;
}

/** The kernel tells processor time to programs in hundredths of a second, whatever its own clock. */
const TICK_MS = 10;
const AT_PAGESZ = 6n;

// The kernel's own word on the size of a page: 4 KiB is not everywhere true of arm64.
const pageBytes = ((): number => {
  try {
    const auxv = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= auxv.length; at += 16)
      if (auxv.readBigUInt64LE(at) === AT_PAGESZ) return Number(auxv.readBigUInt64LE(at + 8));
  } catch {
    // No such system: usageOf finds nothing either.
  }
  return 4096;
})();

/** @returns undefined where the process is gone, or the system has no `/proc` */
export function usageOf(pid: number): ProcessUsage | undefined {
  let stat: string;
  try {
    stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
  } catch {
    return undefined;
  }
  // The name, second, is in parentheses and may hold anything; the state, third, is the first after it.
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  const of = (field: number): number => Number(fields[field - 3]);
  return { memoryBytes: of(24) * pageBytes, cpuMs: (of(14) + of(15)) * TICK_MS };
}

/** Lets every other process have the processor before this one. */
export function yieldPriority(pid: number): void {
  prioritize(pid, constants.priority.PRIORITY_LOW);
}

/** @returns false where the system does not let us: only a privileged user may raise a priority */
export function restorePriority(pid: number): boolean {
  return prioritize(pid, constants.priority.PRIORITY_NORMAL);
}

/** A thread each: the system call takes no whole process. */
function prioritize(pid: number, priority: number): boolean {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), priority);
    return true;
  } catch {
    // Not allowed, or it is gone, or the system has no `/proc`.
    return false;
  }
}
