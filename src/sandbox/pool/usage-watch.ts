import { type ProcessUsage, usageOf } from './process-usage.js';

/** How often a process that runs a script is looked at: a bomb fills some 100 MiB in that time. */
export const WATCH_MS = 25;

/** A process to look at. */
export interface Watched {
  readonly pid: number | undefined;
  used(usage: ProcessUsage): void;
}

/** Looks at every process that runs a script; one timer for all, none while nothing runs. */
export class UsageWatch {
  readonly #watched = new Map<Watched, number>();
  #timer: NodeJS.Timeout | undefined;

  add(watched: Watched): void {
    this.#watched.set(watched, performance.now());
    this.#timer ??= setInterval(() => this.#look(), WATCH_MS).unref();
  }

  remove(watched: Watched): void {
    this.#watched.delete(watched);
  }

  #look(): void {
    if (this.#watched.size === 0) {
      clearInterval(this.#timer);
      this.#timer = undefined;
      return;
    }
    // Short scripts come and go between two looks and cost none.
    const before = performance.now() - WATCH_MS / 2;
    for (const [watched, since] of this.#watched) {
      if (since > before || watched.pid === undefined) continue;
      const usage = usageOf(watched.pid);
      if (usage !== undefined) watched.used(usage);
    }
  }
}
