import { readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** The runner processes that a process has started, alive or not yet buried. */
export function runnerPids(parent = process.pid): number[] {
  return readdirSync('/proc')
    .filter((entry) => /^\d+$/.test(entry))
    .map(Number)
    .filter((pid) => {
      try {
        // The name, second, is in parentheses and may hold anything.
        const stat = readFileSync(`/proc/${pid}/stat`, 'latin1');
        const [, ppid] = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
        return (
          Number(ppid) === parent &&
          readFileSync(`/proc/${pid}/cmdline`, 'utf8').match(/runner\/(?:context|process)\/main\.cjs/) !==
            null
        );
      } catch {
        return false;
      }
    });
}

/** The process that runs the scripts: where it has namespaces, a child of the one that was started. */
export function innermost(pid: number): number {
  const child = Number.parseInt(readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8'), 10);
  return Number.isNaN(child) ? pid : innermost(child);
}

/** How many descriptors of a process are sockets or pipes. */
export function openPipes(pid = process.pid): number {
  return readdirSync(`/proc/${pid}/fd`).filter((fd) => {
    try {
      return /^(?:socket|pipe):/.test(readlinkSync(`/proc/${pid}/fd/${fd}`));
    } catch {
      return false;
    }
  }).length;
}

/** Resident memory of a process, in bytes. */
export function memoryOf(pid: number): number {
  const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
  return Number(kibibytes) * 1024;
}

/** @returns false when it was gone already */
export function killNow(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}
