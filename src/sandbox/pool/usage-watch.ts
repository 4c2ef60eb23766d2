import { type ProcessUsage, usageOf } from './process-usage.js';

/** Shorter than a script needs to fill a machine's memory, longer than a measurement takes. */
const INTERVAL_MS = 25;
/** A process that used no processor time since its last measurement is measured less often, down to every fourth time. */
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
 * Measures the processes that run scripts: their processor time, and all of their memory, including Buffers and WebAssembly,
 * which V8's own limit does not count. On Linux only; elsewhere it measures nothing.
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
