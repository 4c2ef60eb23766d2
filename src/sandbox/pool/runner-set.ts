import { type Clock, SYSTEM_CLOCK } from '../clock.js';
import { RunnerStartError } from '../errors.js';
import { Backoff } from './backoff.js';
import type { GivenScripts } from './given-scripts.js';
import { emptyTally, type RunnerEnd, type RunnerTally } from './runner-end.js';
import type { LeaseRequest, WaitQueue } from './wait-queue.js';

/** What a runner process reports to the pool. */
export interface RunnerEvents {
  /** Ready for an execution, the first time or again. */
  onIdle(): void;
  /** The running script waits for a timer: it uses no processor. */
  onWaiting(): void;
  /** The running script has used much processor time, and yields the processor to all others from now on. */
  onCpuBound(): void;
  /** The process is gone; called once. */
  onExit(end: RunnerEnd): void;
}

/** What the pool needs of a runner process. */
export interface PooledRunner {
  /** Settles when the runner is ready for its first execution. */
  readonly started: Promise<void>;
  /** Executions begun so far, without those in a kept context. */
  readonly executions: number;
  /** To be replaced: it takes too much memory, or its priority cannot be raised again. */
  readonly unhealthy: boolean;
  readonly scripts: Pick<GivenScripts, 'hasContext'>;
  listen(events: RunnerEvents): void;
  /** Nobody waits for the runner: it may prepare for its script. */
  warm(): void;
  kill(reason: RunnerEnd): void;
}

/** One runner process of the set. */
export interface Member<R> {
  readonly runner: R;
  /** Started for one execution only, at level `process`. */
  readonly singleUse: boolean;
  state: 'starting' | 'idle' | 'running' | 'waiting';
  /** A runner serves one tenant only, from its first execution on. */
  tenant: string | undefined;
  idleSince: number;
  leasedAt: number;
  /** Its script has used much processor time, and gets the processor only when nobody else wants it. */
  cpuBound: boolean;
  /** To be ended as soon as it is idle. */
  retired: boolean;
}

export type Counts = Readonly<Record<Member<unknown>['state'], number>>;

export interface RunnerSetLimits {
  readonly minRunners: number;
  readonly maxRunners: number;
  /** Whether the warm runners are single-use: isolation level `process`. */
  readonly singleUse?: boolean | undefined;
  readonly idleTimeoutMs: number;
}

/** Single-use runners that are kept warm for a while after each execution that asks for level `process`. */
const SINGLE_USE_SPARES = 2;

/** What becomes of members. */
export interface RunnerSetEvents<R> {
  /** Ready for an execution, the first time or again. */
  onIdle(member: Member<R>): void;
  onWaiting(): void;
  onCpuBound(): void;
  onExit(member: Member<R>): void;
  /** Runners fail to start, again and again, and none is left. */
  onStartFailure(error: Error): void;
}

/** The runner processes that exist: starts them, keeps the minimum warm, and retries failed starts. */
export class RunnerSet<R extends PooledRunner> {
  readonly #members = new Set<Member<R>>();
  readonly #tally = emptyTally();
  readonly #backoff: Backoff;
  #closed = false;
  #singleUseAskedAt = -Infinity;

  constructor(
    private readonly make: (singleUse: boolean) => R,
    private readonly limits: RunnerSetLimits,
    private readonly events: RunnerSetEvents<R>,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.#backoff = new Backoff(() => this.keepWarm(), clock);
  }

  /** Only the set itself adds members and removes them. */
  get members(): Iterable<Member<R>> {
    return this.#members;
  }

  get tally(): RunnerTally {
    return this.#tally;
  }

  get counts(): Counts {
    const counts = { starting: 0, idle: 0, running: 0, waiting: 0 };
    for (const { state } of this.#members) counts[state] += 1;
    return counts;
  }

  /**
   * Counts the scripts that compete for the processor: neither those that wait, nor CPU-bound ones, which have low priority.
   * @param of a tenant; absent: all tenants
   */
  computing(of?: string): number {
    let count = 0;
    for (const { state, cpuBound, tenant } of this.#members)
      if (state === 'running' && !cpuBound && (of === undefined || of === tenant)) count += 1;
    return count;
  }

  /** Counts the executions of a tenant. */
  running(of: string): number {
    let count = 0;
    for (const { state, tenant } of this.#members)
      if (tenant === of && (state === 'running' || state === 'waiting')) count += 1;
    return count;
  }

  /** Counts the runners that were ended while idle, and are not gone yet. */
  get exiting(): number {
    return this.#count(({ state, retired }) => state === 'idle' && retired);
  }

  /** Whether another runner can be started only in the place of an existing one. */
  get isFull(): boolean {
    return !this.#closed && !this.#backoff.waiting && this.#members.size >= this.limits.maxRunners;
  }

  /** Counts the runners that are starting, and the places that are about to be free. */
  get expected(): number {
    return this.counts.starting + this.exiting;
  }

  /** Counts the runners of a kind above the minimum that is kept of it. */
  surplus(singleUse: boolean): number {
    return Math.max(this.#usable(singleUse) - this.#minimum(singleUse), 0);
  }

  /** How many more executions of a tenant may run, where its concurrency limits that. */
  room({ tenant, concurrency = Infinity }: Pick<LeaseRequest, 'tenant' | 'concurrency'>): number {
    if (concurrency === Infinity) return concurrency;
    return Math.max(concurrency - this.running(tenant), 0);
  }

  /** Why there is no runner, and none to be expected soon. */
  get startFailure(): Error | undefined {
    return this.#members.size === 0 ? this.#backoff.error : undefined;
  }

  /** An execution asks for level `process`: more will follow. */
  singleUseAsked(): void {
    this.#singleUseAskedAt = this.clock.now();
  }

  /**
   * Starts the first runner.
   * @throws RunnerStartError
   */
  async start(): Promise<void> {
    const member = this.#make(this.limits.singleUse === true);
    void this.#enter(member);
    await member.runner.started;
  }

  /** Keeps the minimum ready for the next scripts, besides CPU-bound runners and those that run their last script. */
  keepWarm(): void {
    for (const singleUse of [this.limits.singleUse === true, true]) {
      const missing = this.#minimum(singleUse) - this.#usable(singleUse);
      for (let i = 0; i < missing; i++) if (!this.grow(singleUse)) break;
    }
  }

  /** Starts one more runner, where that is allowed and not known to fail. */
  grow(singleUse = this.limits.singleUse === true): boolean {
    if (this.#closed || this.#backoff.waiting || this.#members.size >= this.limits.maxRunners) return false;
    try {
      void this.#enter(this.#make(singleUse));
      return true;
    } catch (error) {
      this.#startFailed(error);
      return false;
    }
  }

  /**
   * Starts runners for waiting requests, as many at once as there are cores to start them.
   * @param room how many more runners a line of waiting requests would use
   * @returns whether a missing runner cannot be started
   */
  growFor(
    queue: Pick<WaitQueue<R>, 'demand' | 'isSingleUseFirst'>,
    room: (request: LeaseRequest, since: number) => number,
    cores: number,
  ): boolean {
    const first = queue.isSingleUseFirst(room);
    for (const singleUse of [first, !first]) {
      const starting = this.#count((member) => member.state === 'starting' && member.singleUse === singleUse);
      const missing = Math.min(queue.demand(singleUse, room), cores) - starting;
      for (let i = missing; i > 0; i--) if (!this.grow(singleUse)) return true;
    }
    return false;
  }

  close(): void {
    this.#closed = true;
    this.#backoff.stop();
    for (const { runner } of this.#members) runner.kill('stopped');
  }

  /** Counts the runners for the next scripts: neither CPU-bound ones, nor those that run their last script. */
  #usable(singleUse: boolean): number {
    return this.#count((member) => member.singleUse === singleUse && !member.retired && !member.cpuBound);
  }

  #count(fits: (member: Member<R>) => boolean): number {
    let count = 0;
    for (const member of this.#members) if (fits(member)) count += 1;
    return count;
  }

  #minimum(singleUse: boolean): number {
    const { singleUse: isDefault = false, minRunners, idleTimeoutMs } = this.limits;
    if (singleUse === isDefault) return minRunners;
    return singleUse && this.clock.now() - this.#singleUseAskedAt < idleTimeoutMs ? SINGLE_USE_SPARES : 0;
  }

  #make(singleUse: boolean): Member<R> {
    const runner = this.make(singleUse);
    this.#tally.started += 1;
    return {
      runner,
      singleUse,
      state: 'starting',
      tenant: undefined,
      idleSince: 0,
      leasedAt: 0,
      cpuBound: false,
      retired: false,
    };
  }

  async #enter(member: Member<R>): Promise<void> {
    this.#members.add(member);
    member.runner.listen({
      onIdle: () => this.events.onIdle(member),
      onWaiting: () => {
        member.state = 'waiting';
        this.events.onWaiting();
      },
      onCpuBound: () => {
        member.cpuBound = true;
        this.keepWarm();
        this.events.onCpuBound();
      },
      onExit: (end) => this.#leave(member, end),
    });
    try {
      await member.runner.started;
    } catch (error) {
      this.#members.delete(member);
      return this.#startFailed(error);
    }
    this.#backoff.reset();
    this.events.onIdle(member);
    this.keepWarm();
  }

  #leave(member: Member<R>, end: RunnerEnd): void {
    this.#members.delete(member);
    this.#tally.ended[member.state === 'starting' && !this.#closed ? 'start_failed' : end] += 1;
    // A runner that never started is replaced by the backoff.
    if (this.#closed || member.state === 'starting') return;
    this.events.onExit(member);
    this.keepWarm();
  }

  #startFailed(error: unknown): void {
    if (this.#closed) return;
    this.#backoff.fail(error instanceof RunnerStartError ? error : new RunnerStartError(String(error)));
    if (this.startFailure) this.events.onStartFailure(this.startFailure);
  }
}
