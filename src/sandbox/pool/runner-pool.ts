import { type Clock, SYSTEM_CLOCK, type Timer } from '../clock.js';
import { SandboxClosedError } from '../errors.js';
import { AdmissionControl, type AdmissionLimits, STALL_MS } from './admission-control.js';
import type { RunnerEnd, RunnerTally } from './runner-end.js';
import {
  type Counts,
  type Member,
  type PooledRunner,
  RunnerSet,
  type RunnerSetLimits,
} from './runner-set.js';
import { type LeaseRequest, WaitQueue } from './wait-queue.js';

export interface PoolLimits extends RunnerSetLimits, AdmissionLimits {
  readonly queueSize: number;
  readonly queueTimeoutMs: number;
  readonly maxExecutionsPerRunner: number;
}

/**
 * The successor of a single-use runner is started this long after its lease, unless the runner has ended before. Starting a
 * process takes the gateway some milliseconds: most scripts have their answer by then.
 */
const REPLACE_AFTER_MS = 10;
/** An idle single-use runner is warmed after this long: one that is leased sooner would only be slower for it. */
const WARM_AFTER_MS = 50;
/** A runner that was idle for less may be creating its next context: another one serves a call sooner. */
const REST_MS = 1;

/**
 * Leases runner processes: knows which one serves which tenant, who waits for one, and when to start more. A lease has no
 * release: a leased runner reports itself that it is idle again, or that it is gone.
 */
export class RunnerPool<R extends PooledRunner> {
  readonly #runners: RunnerSet<R>;
  readonly #idle: IdleRunners<R>;
  readonly #queue: WaitQueue<R>;
  readonly #admission: AdmissionControl<R>;
  #sweeper: Timer | undefined;
  #watcher: Timer | undefined;
  #closed = false;

  constructor(
    make: (singleUse: boolean) => R,
    private readonly limits: PoolLimits,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.#idle = new IdleRunners(clock);
    this.#queue = new WaitQueue(limits.queueSize, limits.queueTimeoutMs, clock);
    const events = {
      onIdle: (member: Member<R>) => this.#onIdle(member),
      onWaiting: () => this.#dispatch(),
      onCpuBound: () => this.#dispatch(),
      onExit: (member: Member<R>) => {
        this.#idle.withdraw(member);
        this.#dispatch();
      },
      onStartFailure: (error: Error) => this.#queue.rejectAll(error),
    };
    this.#runners = new RunnerSet(make, limits, events, clock);
    this.#admission = new AdmissionControl(this.#runners, limits, clock);
  }

  /**
   * Starts the warm runners.
   * @throws RunnerStartError when the first of them does not start; the pool is then closed
   */
  async start(): Promise<void> {
    const everyMs = Math.max(this.limits.idleTimeoutMs / 2, 10);
    this.#sweeper = this.clock.setInterval(() => this.#sweep(), everyMs);
    this.#sweeper.unref();
    try {
      await this.#runners.start();
    } catch (error) {
      this.close();
      throw error;
    }
    this.#runners.keepWarm();
  }

  /**
   * Leases a runner for exactly one execution.
   * @returns undefined when cancelled while waiting
   * @throws SandboxBusyError, SandboxClosedError, RunnerStartError
   */
  lease(request: LeaseRequest, cancelled?: AbortSignal): R | Promise<R | undefined> {
    if (this.#closed) throw new SandboxClosedError();
    this.#admission.onRequest(request);
    if (request.singleUse) this.#runners.singleUseAsked();
    const leased = this.#queue.length === 0 ? this.#take(request) : undefined;
    if (leased !== undefined) return leased;
    const { startFailure } = this.#runners;
    if (startFailure) throw startFailure;
    const granted = this.#queue.wait(request, cancelled);
    this.#dispatch();
    return granted;
  }

  /** Why no runner process can be leased now. */
  get problem(): string | undefined {
    return this.#closed ? 'the sandbox is shutting down' : this.#runners.startFailure?.message;
  }

  get runners(): Counts {
    return this.#runners.counts;
  }

  get tally(): RunnerTally {
    return this.#runners.tally;
  }

  /** Counts the executions that wait for a runner process; not those that wait for others of their tenant. */
  get queued(): number {
    const room = (request: LeaseRequest): number => this.#runners.room(request);
    return this.#queue.demand(false, room) + this.#queue.demand(true, room);
  }

  /** Replaces every runner, or those of one tenant, each as soon as it is idle. */
  recycle(tenant?: string): void {
    for (const member of this.#runners.members) {
      member.retired ||= (tenant ?? member.tenant) === member.tenant;
      if (member.retired && member.state === 'idle') this.#end(member, 'recycled');
    }
  }

  /** Accepts no more executions, ends all runners, and rejects all that wait. */
  close(): void {
    this.#closed = true;
    this.clock.clear(this.#sweeper);
    this.clock.clear(this.#watcher);
    this.#queue.rejectAll(new SandboxClosedError());
    this.#runners.close();
  }

  /** @returns undefined when no runner is idle, or when the script would only take the processor from others */
  #take(request: LeaseRequest): R | undefined {
    if (!this.#admission.allows(request)) return undefined;
    const now = this.clock.now();
    const member = this.#idle.take(request, now, this.#queue.length > this.#idle.size);
    if (member === undefined) return undefined;
    member.state = 'running';
    member.tenant = request.tenant;
    member.leasedAt = now;
    if (request.singleUse) {
      member.retired = true;
      this.clock.setTimeout(() => this.#runners.keepWarm(), REPLACE_AFTER_MS).unref();
    }
    this.#admission.onLease(now);
    if (this.#idle.size === 0) this.#watch();
    return member.runner;
  }

  #onIdle(member: Member<R>): void {
    const { executions, unhealthy } = member.runner;
    const isSpent = member.retired || unhealthy || executions >= this.limits.maxExecutionsPerRunner;
    if (isSpent || this.#closed) return member.runner.kill(isSpent ? 'recycled' : 'stopped');
    member.state = 'idle';
    member.cpuBound = false;
    this.#idle.put(member);
    this.#dispatch();
    if (member.singleUse) this.#warmLater(member);
  }

  #warmLater(member: Member<R>): void {
    const warm = (): void => {
      if (member.state === 'idle' && member.tenant === undefined) member.runner.warm();
    };
    this.clock.setTimeout(warm, WARM_AFTER_MS).unref();
  }

  /** Ends an idle runner; nobody can lease it while it dies. */
  #end(member: Member<R>, reason: RunnerEnd): void {
    this.#idle.withdraw(member);
    member.retired = true;
    member.runner.kill(reason);
  }

  /** Grants runners to waiting requests, starts more runners where that helps, and looks again in a moment. */
  #dispatch(): void {
    if (this.#closed || this.#queue.length === 0) return;
    this.#watch();
    while (this.#idle.size > 0 && this.#grant());
    const isRefused = this.#runners.growFor(this.#queue, this.#admission.demand(), this.limits.cores);
    // An idle runner that is left here serves another tenant than those who wait.
    if (isRefused && this.#runners.exiting === 0) this.#preempt(this.#idle.oldest());
  }

  /** Grants one runner. A request that has waited long for a first runner ends an idle one that would serve a flood again. */
  #grant(): boolean {
    let starved = 0;
    return this.#queue.grant((request, since) => {
      const runner = this.#take(request);
      if (runner !== undefined || !this.#admission.isStarved(request, since)) return runner;
      starved += 1;
      if (starved > this.#runners.expected)
        this.#preempt(this.#idle.oldest((member) => member.tenant !== undefined));
      return undefined;
    });
  }

  /** Gives the place of an idle runner to another one, if that can be started. */
  #preempt(member: Member<R> | undefined): void {
    if (member !== undefined && this.#runners.isFull) this.#end(member, 'preempted');
  }

  /** Looks again every moment, while a request waits or no runner is idle. */
  #watch(): void {
    if (this.#watcher !== undefined) return;
    this.#watcher = this.clock.setTimeout(() => {
      this.#watcher = undefined;
      if (this.#closed) return;
      this.#dispatch();
      // Endless loops may have taken every runner: the next caller must not wait for a process to start.
      if (this.#idle.size === 0 && this.#admission.isStalled) this.#runners.grow();
      if (this.#idle.size === 0) this.#watch();
    }, STALL_MS);
    this.#watcher.unref();
  }

  /** Ends runners that were idle for long, down to the minimum of each kind: more would only be started again. */
  #sweep(): void {
    const unused = this.#idle.idleSince(this.clock.now() - this.limits.idleTimeoutMs);
    for (const kind of [false, true]) {
      const spare = unused
        .filter(({ singleUse }) => singleUse === kind)
        .slice(0, this.#runners.surplus(kind));
      for (const member of spare) this.#end(member, 'idle');
    }
  }
}

/** The runners that can be leased at once, in the order in which they became idle. */
class IdleRunners<R extends PooledRunner> {
  readonly #members: Member<R>[] = [];

  constructor(private readonly clock: Clock) {}

  get size(): number {
    return this.#members.length;
  }

  put(member: Member<R>): void {
    member.idleSince = this.clock.now();
    this.#members.push(member);
  }

  /**
   * Takes a runner of the tenant, preferably one with the requested context, else one that serves nobody yet. Of several,
   * the last that has created its next context is taken: its memory is warm.
   * @param isCrowded whether more requests wait than runners are idle: then the cores are busy, a context is not created
   *   sooner in another process, and the last runner is taken whose memory is in their caches
   */
  take({ tenant, singleUse, context }: LeaseRequest, now: number, isCrowded: boolean): Member<R> | undefined {
    const suits = (member: Member<R>): boolean => member.singleUse === singleUse && member.tenant === tenant;
    let i = -1;
    if (context !== undefined)
      i = this.#members.findLastIndex((member) => suits(member) && member.runner.scripts.hasContext(context));
    const rested = isCrowded ? Infinity : now - REST_MS;
    if (i < 0) i = this.#members.findLastIndex((member) => suits(member) && member.idleSince < rested);
    if (i < 0) i = this.#members.findIndex(suits);
    if (i < 0)
      i = this.#members.findLastIndex(
        (member) => member.singleUse === singleUse && member.tenant === undefined,
      );
    return i < 0 ? undefined : this.#members.splice(i, 1)[0];
  }

  /** The one that fits and has been idle for longest. */
  oldest(fits: (member: Member<R>) => boolean = () => true): Member<R> | undefined {
    return this.#members.find(fits);
  }

  idleSince(before: number): Member<R>[] {
    return this.#members.filter(({ idleSince }) => idleSince <= before);
  }

  withdraw(member: Member<R>): void {
    const i = this.#members.indexOf(member);
    if (i >= 0) this.#members.splice(i, 1);
  }
}
