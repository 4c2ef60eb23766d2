import { SandboxClosedError } from '../errors.js';
import { IdleRunners } from './idle-runners.js';
import { Pacing, REPLACE_AFTER_MS, STALL_MS } from './pacing.js';
import type { RunnerEnd, RunnerTally } from './runner-end.js';
import { type Counts, type Member, type PooledRunner, warmSoon } from './members.js';
import { Roster, type RosterLimits } from './roster.js';
import { type Demand, WaitQueue } from './wait-queue.js';

export interface PoolLimits extends RosterLimits {
  readonly queueSize: number;
  readonly queueTimeoutMs: number;
  readonly maxExecutionsPerRunner: number;
  readonly idleTimeoutMs: number;
  /** Scripts that can compute at once: more runners than this help only those that wait. */
  readonly cores: number;
}

/** With every script computing for this long, one more runner is started, though they share the cores. */
const GROW_AFTER_MS = 50;

/**
 * Who has which runner process, who waits for one, and when there should be more. A runner that was leased
 * comes back by saying `idle`, and is gone otherwise; either way the pool hears it from the runner itself.
 */
export class RunnerPool<R extends PooledRunner> {
  readonly #roster: Roster<R>;
  readonly #idle = new IdleRunners<Member<R>>();
  readonly #queue: WaitQueue<R>;
  readonly #pacing: Pacing;
  #sweeper: NodeJS.Timeout | undefined;
  #watch: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(
    make: (fresh: boolean) => R,
    private readonly limits: PoolLimits,
  ) {
    this.#queue = new WaitQueue(limits.queueSize, limits.queueTimeoutMs);
    this.#pacing = new Pacing(limits.cores);
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
    return this.#roster.counts;
  }

  get tally(): RunnerTally {
    return this.#roster.tally;
  }

  /** Executions that wait for a runner process; not those that wait for others of their tenant's. */
  get queued(): number {
    return this.#wanted(false) + this.#wanted(true);
  }

  /** Replaces every runner, or those of one tenant, each as soon as it is idle. */
  recycle(tenant?: string): void {
    for (const member of this.#roster) {
      member.retired ||= (tenant ?? member.tenant) === member.tenant;
      if (member.retired && member.state === 'idle') this.#end(member, 'worn');
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
    const member = this.#allows(demand) ? this.#idle.take(demand) : undefined;
    if (member === undefined) return undefined;
    member.state = 'running';
    member.tenant = demand.tenant;
    member.leasedAt = performance.now();
    if (demand.fresh) {
      member.retired = true;
      setTimeout(() => this.#roster.keepWarm(), REPLACE_AFTER_MS).unref();
    }
    this.#pacing.leased();
    if (this.#idle.size === 0) this.#watchOn();
    return member.runner;
  }

  #offer(member: Member<R>): void {
    const { executions, spoiled } = member.runner;
    const worn = member.retired || spoiled || executions >= this.limits.maxExecutionsPerRunner;
    if (worn || this.#closed) return member.runner.kill(worn ? 'worn' : 'stopped');
    member.state = 'idle';
    member.hogging = false;
    this.#idle.put(member);
    this.#relieve();
    if (member.fresh) warmSoon(member);
  }

  /** Ends an idle runner; nobody can lease it while it dies. */
  #end(member: Member<R>, reason: RunnerEnd): void {
    this.#idle.withdraw(member);
    member.runner.kill(reason);
  }

  /** Grants what can be granted to those who wait, starts a runner where that helps, and looks again in a moment. */
  #relieve(): void {
    if (this.#closed || this.#queue.length === 0) return;
    this.#watchOn();
    while (this.#idle.size > 0 && this.#queue.grant((demand) => this.#take(demand)));
    if (this.#roster.computing() + this.runners.starting >= this.limits.cores && !this.#isStalled()) return;
    const oldest = this.#idle.oldest();
    if (!this.#roster.growFor(this.#wanted, this.limits.cores)) return;
    // Whoever is idle here serves another tenant than those who wait.
    if (this.#roster.size >= this.limits.maxRunners && oldest !== undefined) this.#end(oldest, 'displaced');
  }

  readonly #wanted = (fresh: boolean): number =>
    this.#queue.wanted(fresh, (demand) => this.#roster.room(demand));

  #allows(demand: Demand): boolean {
    if (this.#roster.room(demand) === 0) return false;
    const computing = this.#roster.computing();
    const ofTenant = computing < this.limits.cores ? 0 : this.#roster.computing(demand.tenant);
    return this.#pacing.allows(computing, ofTenant);
  }

  /** Looks again every moment, while somebody waits or nobody is idle. */
  #watchOn(): void {
    this.#watch ??= setTimeout(() => {
      this.#watch = undefined;
      if (this.#closed) return;
      this.#relieve();
      // Endless loops may have taken every runner: the next caller must not wait for a process to start.
      if (this.#idle.size === 0 && this.#isStalled()) this.#roster.grow();
      if (this.#idle.size === 0) this.#watchOn();
    }, STALL_MS).unref();
  }

  /** Whether every script has computed for long, and no runner is on its way. */
  #isStalled(): boolean {
    const before = performance.now() - GROW_AFTER_MS;
    for (const { state, leasedAt } of this.#roster) {
      if (state === 'starting' || (state === 'running' && leasedAt > before)) return false;
    }
    return true;
  }

  #sweep(): void {
    const unused = this.#idle.idleSince(performance.now() - this.limits.idleTimeoutMs);
    const spare = this.#roster.size - this.limits.minRunners;
    for (const member of unused.slice(0, Math.max(spare, 0))) this.#end(member, 'idle');
  }
}
