import { RunnerStartError } from '../errors.js';
import { Backoff } from './backoff.js';
import { emptyTally, type RunnerEnd, type RunnerTally } from './runner-end.js';
import type { RunnerEvents } from './runner-events.js';
import type { Demand } from './wait-queue.js';

/** What the pool needs of a runner process. */
export interface PooledRunner {
  /** Settles when the runner is ready for its first execution. */
  readonly started: Promise<void>;
  readonly executions: number;
  /** To be replaced: for the memory that it has taken, or a priority that cannot be raised again. */
  readonly spoiled: boolean;
  listen(events: RunnerEvents): void;
  kill(reason: RunnerEnd): void;
}

export interface Member<R> {
  readonly runner: R;
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

export interface RosterLimits {
  readonly minRunners: number;
  readonly maxRunners: number;
}

/** What becomes of members. */
export interface RosterEvents<R> {
  /** Ready for an execution, the first time or again. */
  idle(member: Member<R>): void;
  waiting(): void;
  /** A script has used the processor for long. */
  hogging(): void;
  gone(member: Member<R>): void;
  /** No runner starts, again and again, and there is none left. */
  barren(error: Error): void;
}

/** The runner processes that exist: starts them, keeps the least number, and tries again when one does not start. */
export class Roster<R extends PooledRunner> {
  readonly #members = new Set<Member<R>>();
  readonly #tally = emptyTally();
  readonly #backoff = new Backoff(() => this.keepWarm());
  #closed = false;

  constructor(
    private readonly make: () => R,
    private readonly limits: RosterLimits,
    private readonly events: RosterEvents<R>,
  ) {}

  get tally(): RunnerTally {
    return this.#tally;
  }

  get size(): number {
    return this.#members.size;
  }

  [Symbol.iterator](): Iterator<Member<R>> {
    return this.#members.values();
  }

  get counts(): Readonly<Record<Member<R>['state'], number>> {
    const counts = { starting: 0, idle: 0, running: 0, waiting: 0 };
    for (const { state } of this.#members) counts[state] += 1;
    return counts;
  }

  /**
   * Scripts that take the processor from each other: not those that wait, nor those that have it after all others.
   * @param of a tenant; absent: all of them
   */
  computing(of?: string): number {
    let count = 0;
    for (const { state, hogging, tenant } of this.#members)
      if (state === 'running' && !hogging && (of === undefined || of === tenant)) count += 1;
    return count;
  }

  /** How many more executions of a tenant may run, where that is limited. */
  room({ tenant, concurrency = Infinity }: Pick<Demand, 'tenant' | 'concurrency'>): number {
    if (concurrency === Infinity) return concurrency;
    let running = 0;
    for (const member of this.#members)
      if (member.tenant === tenant && (member.state === 'running' || member.state === 'waiting'))
        running += 1;
    return Math.max(concurrency - running, 0);
  }

  /** Why there is none, and none to be expected soon. */
  get barren(): Error | undefined {
    return this.#members.size === 0 ? this.#backoff.error : undefined;
  }

  /**
   * Starts the first one.
   * @throws RunnerStartError
   */
  async start(): Promise<void> {
    const member = this.#make();
    void this.#enter(member);
    await member.runner.started;
  }

  /** As many as the least number are there for the next scripts, beside those that hog or run their last one. */
  keepWarm(): void {
    let usable = 0;
    for (const { retired, hogging } of this.#members) if (!retired && !hogging) usable += 1;
    for (; usable < this.limits.minRunners; usable++) if (!this.grow()) return;
  }

  /** Starts one more, where that is allowed and not known to fail. */
  grow(): boolean {
    if (this.#closed || this.#backoff.waiting || this.#members.size >= this.limits.maxRunners) return false;
    try {
      void this.#enter(this.#make());
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  close(): void {
    this.#closed = true;
    this.#backoff.stop();
    for (const { runner } of this.#members) runner.kill('stopped');
  }

  #make(): Member<R> {
    const runner = this.make();
    this.#tally.started += 1;
    return {
      runner,
      state: 'starting',
      tenant: undefined,
      idleSince: 0,
      leasedAt: 0,
      hogging: false,
      retired: false,
    };
  }

  async #enter(member: Member<R>): Promise<void> {
    this.#members.add(member);
    member.runner.listen({
      idle: () => this.events.idle(member),
      waiting: () => {
        member.state = 'waiting';
        this.events.waiting();
      },
      hogging: () => {
        member.hogging = true;
        this.keepWarm();
        this.events.hogging();
      },
      gone: (end) => this.#leave(member, end),
    });
    try {
      await member.runner.started;
    } catch (error) {
      this.#members.delete(member);
      return this.#failed(error);
    }
    this.#backoff.reset();
    this.events.idle(member);
    this.keepWarm();
  }

  #leave(member: Member<R>, end: RunnerEnd): void {
    this.#members.delete(member);
    this.#tally.ended[member.state === 'starting' && !this.#closed ? 'failed' : end] += 1;
    // One that never started is the backoff's to replace.
    if (this.#closed || member.state === 'starting') return;
    this.events.gone(member);
    this.keepWarm();
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    this.#backoff.fail(error instanceof RunnerStartError ? error : new RunnerStartError(String(error)));
    if (this.barren) this.events.barren(this.barren);
  }
}
