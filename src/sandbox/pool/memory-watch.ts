import { readFileSync } from 'node:fs';

/** Short against the time in which a script can fill a machine's memory, long against what a look costs. */
const INTERVAL_MS = 25;

/** A runner process while it runs a script. */
export interface Watched {
  readonly pid: number | undefined;
  /** Told the bytes of memory that the process has. */
  weighed(bytes: number): void;
}

/**
 * Looks at the memory of the processes that run scripts: all of it, so Buffers and WebAssembly too, which V8's
 * own limit does not count. On Linux only; elsewhere it sees nothing.
 */
export class MemoryWatch {
  readonly #watched = new Set<Watched>();
  #timer: NodeJS.Timeout | undefined;

  add(runner: Watched): void {
    this.#watched.add(runner);
    this.#timer ??= setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  delete(runner: Watched): void {
    this.#watched.delete(runner);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    if (this.#watched.size === 0) return this.stop();
    for (const runner of this.#watched) {
      const bytes = residentBytes(runner.pid);
      if (bytes !== undefined) runner.weighed(bytes);
    }
  }
}

/**
 * The memory of a process and its children: where a runner has namespaces of its own, the process that is known
 * is only the parent of the one that runs scripts.
 * @returns undefined for a process that is gone, or on a system without /proc
 */
export function residentBytes(pid: number | undefined): number | undefined {
  try {
    const [, kibibytes] = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    if (kibibytes === undefined) return undefined;
    const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'latin1').split(' ').filter(Boolean);
    return children.reduce(
      (bytes, child) => bytes + (residentBytes(Number(child)) ?? 0),
      Number(kibibytes) * 1024,
    );
  } catch {
    return undefined;
  }
}
