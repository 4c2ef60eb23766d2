import { closeSync, openSync, readFileSync, readSync } from 'node:fs';

/** Memory and processor time that a process and its children have used so far. */
export interface ProcessUsage {
  /** Resident memory: heap, buffers, WebAssembly, code, and what it shares with others. */
  readonly memoryBytes: number;
  /** Processor time of all their threads, in milliseconds; the kernel counts in steps of ten. */
  readonly cpuMs: number;
  /** The process that runs scripts: itself, or its only child where it is the parent of a namespace. */
  readonly pid: number;
}

/** The kernel reports processor time in hundredths of a second, whatever its own clock. */
const TICK_MS = 10;
/** Auxiliary vector entry of the page size, which is not 4 KiB on every arm64. */
const AT_PAGESZ = 6n;

const pageBytes = ((): number => {
  try {
    const auxv = readFileSync('/proc/self/auxv');
    for (let at = 0; at + 16 <= auxv.length; at += 16)
      if (auxv.readBigUInt64LE(at) === AT_PAGESZ) return Number(auxv.readBigUInt64LE(at + 8));
  } catch {
    // Not Linux: usageOf finds nothing either.
  }
  return 4096;
})();

/** @returns undefined for a process that is gone, or on a system without /proc */
export function usageOf(pid: number): ProcessUsage | undefined {
  try {
    // The name, second, is in parentheses and may hold anything; the state, third, is the first after it.
    const stat = textOf(`/proc/${pid}/stat`);
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const of = (field: number): number => Number(fields[field - 3]);
    const own = { memoryBytes: of(24) * pageBytes, cpuMs: (of(14) + of(15)) * TICK_MS, pid };
    const children = textOf(`/proc/${pid}/task/${pid}/children`).split(' ').filter(Boolean);
    return children.map((child) => usageOf(Number(child))).reduce(plus, own);
  } catch {
    return undefined;
  }
}

/** The kernel's texts here are short; `readFileSync` would make more system calls. */
const text = Buffer.allocUnsafe(4096);

function textOf(path: string): string {
  const file = openSync(path, 'r');
  try {
    return text.toString('latin1', 0, readSync(file, text, 0, text.length, 0));
  } finally {
    closeSync(file);
  }
}

function plus(parent: ProcessUsage, child: ProcessUsage | undefined): ProcessUsage {
  if (child === undefined) return parent;
  return {
    memoryBytes: parent.memoryBytes + child.memoryBytes,
    cpuMs: parent.cpuMs + child.cpuMs,
    pid: child.pid,
  };
}
