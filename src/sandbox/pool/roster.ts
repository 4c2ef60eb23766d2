import { RunnerStartError } from '../errors.js';
import { Backoff } from './backoff.js';
import { type Member, Members, type PooledRunner } from './members.js';
import { emptyTally, type RunnerEnd, type RunnerTally } from './runner-end.js';
import type { Demand, WaitQueue } from './wait-queue.js';

export interface RosterLimits {
  readonly minRunners: number;
  readonly maxRunners: number;
  /** Whether the runners kept warm are for one execution each: level `process`. */
  readonly fresh?: boolean | undefined;
  readonly idleTimeoutMs: number;
}

/** Kept warm beside the others, for executions that ask for level `process`, for a while after each of them. */
const FRESH_SPARES = 2;

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
  /** Those that exist; only the roster adds to them and takes from them. */
  readonly members = new Members<R>();
  readonly #tally = emptyTally();
  readonly #backoff = new Backoff(() => this.keepWarm());
  #closed = false;
  #freshAskedAt = -Infinity;

  constructor(
    private readonly make: (fresh: boolean) => R,
    private readonly limits: RosterLimits,
    private readonly events: RosterEvents<R>,
  ) {}

  get tally(): RunnerTally {
    return this.#tally;
  }

  /** Whether one more can be started only in the place of another. */
  get isFull(): boolean {
    return !this.#closed && !this.#backoff.waiting && this.members.size >= this.limits.maxRunners;
  }

  /** Those on their way, and places about to be free. */
  get coming(): number {
    return this.members.counts.starting + this.members.leaving;
  }

  /** How many of a kind there are above the least number that is kept of it. */
  surplus(fresh: boolean): number {
    return Math.max(this.members.usable(fresh) - this.#least(fresh), 0);
  }

  /** How many more executions of a tenant may run, where its concurrency limits that. */
  room({ tenant, concurrency = Infinity }: Pick<Demand, 'tenant' | 'concurrency'>): number {
    if (concurrency === Infinity) return concurrency;
    return Math.max(concurrency - this.members.running(tenant), 0);
  }

  /** Why there is none, and none to be expected soon. */
  get barren(): Error | undefined {
    return this.members.size === 0 ? this.#backoff.error : undefined;
  }

  /** An execution asks for level `process`: more will. */
  freshAsked(): void {
    this.#freshAskedAt = performance.now();
  }

  /**
   * Starts the first one.
   * @throws RunnerStartError
   */
  async start(): Promise<void> {
    const member = this.#make(this.limits.fresh === true);
    void this.#enter(member);
    await member.runner.started;
  }

  /** As many as the least number are there for the next scripts, beside those that hog or run their last one. */
  keepWarm(): void {
    for (const fresh of [this.limits.fresh === true, true]) this.#keep(fresh);
  }

  #keep(fresh: boolean): void {
    const least = this.#least(fresh);
    for (let usable = this.members.usable(fresh); usable < least; usable++) if (!this.grow(fresh)) return;
  }

  #least(fresh: boolean): number {
    const { fresh: own = false, minRunners, idleTimeoutMs } = this.limits;
    if (fresh === own) return minRunners;
    return fresh && performance.now() - this.#freshAskedAt < idleTimeoutMs ? FRESH_SPARES : 0;
  }

  /** Starts one more, where that is allowed and not known to fail. */
  grow(fresh = this.limits.fresh === true): boolean {
    if (this.#closed || this.#backoff.waiting || this.members.size >= this.limits.maxRunners) return false;
    try {
      void this.#enter(this.#make(fresh));
      return true;
    } catch (error) {
      this.#failed(error);
      return false;
    }
  }

  /**
   * As many at once as there are cores to start them.
   * @param room how many more a line of those who wait would use
   * @returns whether one that is lacking cannot be started
   */
  growFor(
    queue: Pick<WaitQueue<R>, 'wanted' | 'isFreshFirst'>,
    room: (demand: Demand, since: number) => number,
    cores: number,
  ): boolean {
    const first = queue.isFreshFirst(room);
    for (const fresh of [first, !first]) {
      const lacking = Math.min(queue.wanted(fresh, room), cores) - this.members.starting(fresh);
      for (let i = lacking; i > 0; i--) if (!this.grow(fresh)) return true;
    }
    return false;
  }

  close(): void {
    this.#closed = true;
    this.#backoff.stop();
    for (const { runner } of this.members) runner.kill('stopped');
  }

  #make(fresh: boolean): Member<R> {
    const runner = this.make(fresh);
    this.#tally.started += 1;
    return {
      runner,
      fresh,
      state: 'starting',
      tenant: undefined,
      idleSince: 0,
      leasedAt: 0,
      hogging: false,
      retired: false,
    };
  }

  async #enter(member: Member<R>): Promise<void> {
    this.members.add(member);
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
      this.members.delete(member);
      return this.#failed(error);
    }
    this.#backoff.reset();
    this.events.idle(member);
    this.keepWarm();
  }

  #leave(member: Member<R>, end: RunnerEnd): void {
    this.members.delete(member);
    this.#tally.ended[member.state === 'starting' && !this.#closed ? 'start_failed' : end] += 1;
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
