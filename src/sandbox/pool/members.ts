import type { GivenScripts } from './given-scripts.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerEvents } from './runner-events.js';

/** What the pool needs of a runner process. */
export interface PooledRunner {
  /** Settles when the runner is ready for its first execution. */
  readonly started: Promise<void>;
  /** Begun so far, without those in a context that was kept. */
  readonly executions: number;
  /** To be replaced: for the memory that it has taken, or a priority that cannot be raised again. */
  readonly spoiled: boolean;
  readonly scripts: Pick<GivenScripts, 'hasContext'>;
  listen(events: RunnerEvents): void;
  /** Nobody waits for it. */
  warm(): void;
  kill(reason: RunnerEnd): void;
}

export interface Member<R> {
  readonly runner: R;
  /** Started for one execution only, at level `process`. */
  readonly fresh: boolean;
  state: 'starting' | 'idle' | 'running' | 'waiting';
  /** A runner serves one tenant only, from its first execution on. */
  tenant: string | undefined;
  idleSince: number;
  leasedAt: number;
  /** Its script has used the processor for long, and has it now only when nobody else wants it. */
  hogging: boolean;
  /** To be ended as soon as it is idle. */
  retired: boolean;
}

export type Counts = Readonly<Record<Member<unknown>['state'], number>>;

/** A spare that is taken sooner would only be slower for it. */
const WARM_AFTER_MS = 50;

/** Warms a runner that nobody has taken for a moment. */
export function warmSoon(member: Member<PooledRunner>): void {
  setTimeout(() => {
    if (member.state === 'idle' && member.tenant === undefined) member.runner.warm();
  }, WARM_AFTER_MS).unref();
}

/** The runner processes that exist, counted. */
export class Members<R> extends Set<Member<R>> {
  get counts(): Counts {
    const counts = { starting: 0, idle: 0, running: 0, waiting: 0 };
    for (const { state } of this) counts[state] += 1;
    return counts;
  }

  /**
   * Scripts that take the processor from each other: not those that wait, nor those that have it after all others.
   * @param of a tenant; absent: all of them
   */
  computing(of?: string): number {
    return this.#count(
      ({ state, hogging, tenant }) => state === 'running' && !hogging && (of === undefined || of === tenant),
    );
  }

  /** Scripts of a tenant. */
  running(of: string): number {
    return this.#count(({ state, tenant }) => tenant === of && (state === 'running' || state === 'waiting'));
  }

  /** Those that were ended while they were idle, and are not gone yet. */
  get leaving(): number {
    return this.#count(({ state, retired }) => state === 'idle' && retired);
  }

  /** Those on their way that are for one execution, or are not. */
  starting(fresh: boolean): number {
    return this.#count((member) => member.state === 'starting' && member.fresh === fresh);
  }

  /** Those for the next scripts: not the ones that hog, or run their last one. */
  usable(fresh: boolean): number {
    return this.#count((member) => member.fresh === fresh && !member.retired && !member.hogging);
  }

  #count(fits: (member: Member<R>) => boolean): number {
    let count = 0;
    for (const member of this) if (fits(member)) count += 1;
    return count;
  }
}
