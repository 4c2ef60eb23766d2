import { type ProcessUsage, usageOf } from './process-usage.js';

/** Short against the time in which a script can fill a machine's memory, long against what a look costs. */
const INTERVAL_MS = 25;
/** A process that used no processor since the last look is looked at less often, down to every so many times. */
const MAX_SKIPPED = 4;

/** A runner process while it runs a script. */
export interface Watched {
  readonly pid: number | undefined;
  onUsage(usage: ProcessUsage): void;
}

interface Look {
  cpuMs: number;
  skip: number;
  skipped: number;
}

/**
 * Looks at what the processes that run scripts use: all of their memory, so Buffers and WebAssembly too, which
 * V8's own limit does not count, and their processor time. On Linux only; elsewhere it sees nothing.
 */
export class UsageWatch {
  readonly #watched = new Map<Watched, Look>();
  #timer: NodeJS.Timeout | undefined;

  add(watched: Watched): void {
    this.#watched.set(watched, { cpuMs: -1, skip: 0, skipped: 0 });
    this.#timer ??= setInterval(() => this.#look(), INTERVAL_MS).unref();
  }

  delete(watched: Watched): void {
    this.#watched.delete(watched);
  }

  stop(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  #look(): void {
    if (this.#watched.size === 0) return this.stop();
    for (const [watched, look] of this.#watched) {
      if (look.skipped < look.skip) {
        look.skipped += 1;
        continue;
      }
      const usage = watched.pid === undefined ? undefined : usageOf(watched.pid);
      if (usage === undefined) continue;
      look.skip = usage.cpuMs === look.cpuMs ? Math.min(look.skip + 1, MAX_SKIPPED - 1) : 0;
      look.skipped = 0;
      look.cpuMs = usage.cpuMs;
      watched.onUsage(usage);
    }
  }
}
