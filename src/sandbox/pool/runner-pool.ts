import { SandboxClosedError } from '../errors.js';
import { IdleRunners } from './idle-runners.js';
import { Admission, type AdmissionLimits } from './admission.js';
import { REPLACE_AFTER_MS, STALL_MS } from './pacing.js';
import type { RunnerEnd, RunnerTally } from './runner-end.js';
import { type Counts, type Member, type PooledRunner, warmSoon } from './members.js';
import { Roster, type RosterLimits } from './roster.js';
import { type Demand, WaitQueue } from './wait-queue.js';

export interface PoolLimits extends RosterLimits, AdmissionLimits {
  readonly queueSize: number;
  readonly queueTimeoutMs: number;
  readonly maxExecutionsPerRunner: number;
}

/**
 * Who has which runner process, who waits for one, and when there should be more. A runner that was leased
 * comes back by saying `idle`, and is gone otherwise; either way the pool hears it from the runner itself.
 */
export class RunnerPool<R extends PooledRunner> {
  readonly #roster: Roster<R>;
  readonly #idle = new IdleRunners<Member<R>>();
  readonly #queue: WaitQueue<R>;
  readonly #admission: Admission<R>;
  #sweeper: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    make: (fresh: boolean) => R,
    private readonly limits: PoolLimits,
  ) {
    this.#queue = new WaitQueue(limits.queueSize, limits.queueTimeoutMs);
    this.#roster = new Roster(make, limits, {
      idle: (member) => this.#offer(member),
      waiting: () => this.#relieve(),
      hogging: () => this.#relieve(),
      gone: (member) => {
        this.#idle.withdraw(member);
        this.#relieve();
      },
      barren: (error) => this.#queue.rejectAll(error),
    });
    this.#admission = new Admission(this.#roster, limits);
  }

  /**
   * Starts the warm runners.
   * @throws RunnerStartError when the first of them does not start; the pool is then closed
   */
  async start(): Promise<void> {
    this.#sweeper = setInterval(() => this.#sweep(), Math.max(this.limits.idleTimeoutMs / 2, 10));
    this.#sweeper.unref();
    try {
      await this.#roster.start();
    } catch (error) {
      this.close();
      throw error;
    }
    this.#roster.keepWarm();
  }

  /**
   * Grants a runner for exactly one execution.
   * @returns undefined when cancelled while waiting
   * @throws SandboxBusyError, SandboxClosedError, RunnerStartError
   */
  lease(demand: Demand, cancelled?: AbortSignal): R | Promise<R | undefined> {
    if (this.#closed) throw new SandboxClosedError();
    this.#admission.asked(demand);
    if (demand.fresh) this.#roster.freshAsked();
    const leased = this.#queue.length === 0 ? this.#take(demand) : undefined;
    if (leased !== undefined) return leased;
    if (this.#roster.barren) throw this.#roster.barren;
    const granted = this.#queue.wait(demand, cancelled);
    this.#relieve();
    return granted;
  }

  /** Why no runner process can be had now. */
  get problem(): string | undefined {
    return this.#closed ? 'the sandbox is shutting down' : this.#roster.barren?.message;
  }

  get runners(): Counts {
    return this.#roster.members.counts;
  }

  get tally(): RunnerTally {
    return this.#roster.tally;
  }

  /** Executions that wait for a runner process; not those that wait for others of their tenant's. */
  get queued(): number {
    const room = (demand: Demand): number => this.#roster.room(demand);
    return this.#queue.wanted(false, room) + this.#queue.wanted(true, room);
  }

  /** Replaces every runner, or those of one tenant, each as soon as it is idle. */
  recycle(tenant?: string): void {
    for (const member of this.#roster.members) {
      member.retired ||= (tenant ?? member.tenant) === member.tenant;
      if (member.retired && member.state === 'idle') this.#end(member, 'recycled');
    }
  }

  /** Takes no more executions, ends all runners, and turns those who wait away. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    clearTimeout(this.#watch);
    this.#queue.rejectAll(new SandboxClosedError());
    this.#roster.close();
  }

  /** @returns nothing where there is none, or where it would only take the processor from others */
  #take(demand: Demand): R | undefined {
    const member = this.#admission.allows(demand) ? this.#idle.take(demand) : undefined;
    if (member === undefined) return undefined;
    member.state = 'running';
    member.tenant = demand.tenant;
    member.leasedAt = performance.now();
    if (demand.fresh) {
      member.retired = true;
      setTimeout(() => this.#roster.keepWarm(), REPLACE_AFTER_MS).unref();
    }
    this.#admission.leased();
    if (this.#idle.size === 0) this.#watchOn();
    return member.runner;
  }

  #offer(member: Member<R>): void {
    const { executions, spoiled } = member.runner;
    const worn = member.retired || spoiled || executions >= this.limits.maxExecutionsPerRunner;
    if (worn || this.#closed) return member.runner.kill(worn ? 'recycled' : 'stopped');
    member.state = 'idle';
    member.hogging = false;
    this.#idle.put(member);
    this.#relieve();
    if (member.fresh) warmSoon(member);
  }

  /** Ends an idle runner; nobody can lease it while it dies. */
  #end(member: Member<R>, reason: RunnerEnd): void {
    this.#idle.withdraw(member);
    member.retired = true;
    member.runner.kill(reason);
  }

  /** Grants what can be granted to those who wait, starts a runner where that helps, and looks again in a moment. */
  #relieve(): void {
    if (this.#closed || this.#queue.length === 0) return;
    this.#watchOn();
    while (this.#idle.size > 0 && this.#grant());
    const wanted = this.#admission.wanted();
    const isRefused = this.#roster.growFor(this.#queue, wanted, this.limits.cores);
    // Whoever is idle here serves another tenant than those who wait.
    if (isRefused && this.#roster.members.leaving === 0) this.#displace(this.#idle.oldest());
  }

  /** Grants to one of those who wait. Who has waited long for a first runner ends one that would serve a flood again. */
  #grant(): boolean {
    let starved = 0;
    return this.#queue.grant((demand, since) => {
      const runner = this.#take(demand);
      if (runner !== undefined || !this.#admission.isStarved(demand, since)) return runner;
      starved += 1;
      if (starved > this.#roster.coming)
        this.#displace(this.#idle.oldest((member) => member.tenant !== undefined));
      return undefined;
    });
  }

  /** Gives the place of an idle runner to another, if one can be started in it. */
  #displace(member: Member<R> | undefined): void {
    if (member !== undefined && this.#roster.isFull) this.#end(member, 'preempted');
  }

  /** Looks again every moment, while somebody waits or nobody is idle. */
  #watchOn(): void {
    this.#watch ??= setTimeout(() => {
      this.#watch = undefined;
      if (this.#closed) return;
      this.#relieve();
      // Endless loops may have taken every runner: the next caller must not wait for a process to start.
      if (this.#idle.size === 0 && this.#admission.isStalled) this.#roster.grow();
      if (this.#idle.size === 0) this.#watchOn();
    }, STALL_MS).unref();
  }

  /** Ends those that were idle for long, down to the least number of each kind: what is kept warm is started again else. */
  #sweep(): void {
    const unused = this.#idle.idleSince(performance.now() - this.limits.idleTimeoutMs);
    for (const kind of [false, true]) {
      const spare = unused.filter(({ fresh }) => fresh === kind).slice(0, this.#roster.surplus(kind));
      for (const member of spare) this.#end(member, 'idle');
    }
  }
}
