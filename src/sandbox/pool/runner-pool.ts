import { RunnerStartError, SandboxClosedError } from '../errors.js';
import { Backoff } from './backoff.js';
import type { RunnerEvents } from './runner-process.js';
import { WaitQueue } from './wait-queue.js';

/** What the pool needs of a runner process. */
export interface PooledRunner {
  /** Settles when the runner is ready for its first execution. */
  readonly started: Promise<void>;
  readonly executions: number;
  listen(events: RunnerEvents): void;
  kill(): void;
}

export interface PoolLimits {
  readonly minRunners: number;
  readonly maxRunners: number;
  readonly queueSize: number;
  readonly queueTimeoutMs: number;
  readonly maxExecutionsPerRunner: number;
  readonly idleTimeoutMs: number;
  /** Scripts that can compute at once: more runners than this help only those that wait. */
  readonly cores: number;
}

interface Member<R> {
  readonly runner: R;
  state: 'starting' | 'idle' | 'running' | 'waiting';
  /** Taken for long, or for its last execution: it counts no more as one of the warm. */
  spent: boolean;
  /** A runner serves one tenant only, from its first execution on. */
  tenant: string | undefined;
  idleSince: number;
  /** To be ended as soon as it is idle. */
  retired: boolean;
}

/** With no runner become free for this long, all are taken by scripts that compute: one more may help. */
const STALL_MS = 20;

/** No tenant's name starts so: what follows names one that comes only once. */
const ONCE = '\0once ';

/**
 * How many runner processes there are, who has which, and when one must go. A runner that was leased comes
 * back by saying `idle`, and is gone otherwise; either way the pool hears it from the runner itself.
 */
export class RunnerPool<R extends PooledRunner> {
  readonly #members = new Set<Member<R>>();
  readonly #idle: Member<R>[] = [];
  readonly #queue: WaitQueue<R>;
  readonly #backoff = new Backoff(() => this.#keepWarm());
  #sweeper: NodeJS.Timeout | undefined;
  #stallTimer: NodeJS.Timeout | undefined;
  #lastLease = 0;
  #once = 0;
  #closed = false;

  constructor(
    private readonly make: () => R,
    private readonly limits: PoolLimits,
  ) {
    this.#queue = new WaitQueue(limits.queueSize, limits.queueTimeoutMs);
  }

  /**
   * Starts the warm runners.
   * @throws RunnerStartError when the first of them does not start
   */
  async start(): Promise<void> {
    this.#sweeper = setInterval(() => this.#sweep(), Math.max(this.limits.idleTimeoutMs / 2, 10));
    this.#sweeper.unref();
    const first = this.#add();
    await first?.runner.started;
    this.#keepWarm();
  }

  /**
   * Grants a runner for exactly one execution.
   * @returns undefined when cancelled while waiting
   * @throws SandboxBusyError, SandboxClosedError, RunnerStartError
   */
  lease(tenant: string, cancelled?: AbortSignal): R | Promise<R | undefined> {
    if (this.#closed) throw new SandboxClosedError();
    const member = this.#isCrowded() ? undefined : this.#takeIdle(tenant);
    if (member !== undefined) return this.#leased(member, tenant);
    if (this.#members.size === 0 && this.#backoff.error) throw this.#backoff.error;
    const granted = this.#queue.wait(tenant, cancelled);
    this.#relieve();
    return granted;
  }

  /**
   * As {@link lease}, but of a runner that has run nothing and will run nothing else: that of a tenant who
   * comes only once. The execution is to end it.
   */
  leaseFresh(cancelled?: AbortSignal): R | Promise<R | undefined> {
    return this.lease(`${ONCE}${(this.#once += 1)}`, cancelled);
  }

  /** Why there is no runner and none can be started; undefined when all is well. */
  get problem(): Error | undefined {
    if (this.#closed) return new SandboxClosedError();
    const started = this.#membersIn(({ state }) => state !== 'starting');
    return started === 0 ? this.#backoff.error : undefined;
  }

  /** Replaces every runner, each as soon as it is idle. */
  recycle(): void {
    for (const member of this.#members) {
      member.retired = true;
      if (member.state === 'idle') this.#end(member);
    }
  }

  /** Takes no more executions, ends all runners, and turns those who wait away. */
  close(): void {
    this.#closed = true;
    clearInterval(this.#sweeper);
    clearTimeout(this.#stallTimer);
    this.#backoff.stop();
    this.#queue.rejectAll(new SandboxClosedError());
    for (const { runner } of this.#members) runner.kill();
  }

  #takeIdle(tenant: string): Member<R> | undefined {
    // The last one in is the one whose memory is warm.
    let i = this.#idle.findLastIndex((member) => member.tenant === tenant);
    if (i < 0) i = this.#idle.findLastIndex((member) => member.tenant === undefined);
    return i < 0 ? undefined : this.#idle.splice(i, 1)[0];
  }

  #leased(member: Member<R>, tenant: string): R {
    member.state = 'running';
    member.tenant = tenant;
    this.#lastLease = performance.now();
    if (tenant.startsWith(ONCE)) {
      member.spent = true;
      member.retired = true;
      this.#keepWarm();
    }
    return member.runner;
  }

  #add(): Member<R> | undefined {
    let runner: R;
    try {
      runner = this.make();
    } catch (error) {
      this.#failed(error);
      return undefined;
    }
    const member: Member<R> = {
      runner,
      state: 'starting',
      tenant: undefined,
      spent: false,
      idleSince: 0,
      retired: false,
    };
    this.#members.add(member);
    runner.listen({
      idle: () => this.#offer(member),
      busy: () => {
        member.spent = true;
        this.#keepWarm();
        this.#relieve();
      },
      waiting: () => {
        member.state = 'waiting';
        this.#relieve();
      },
      gone: () => this.#remove(member),
    });
    void this.#await(member);
    return member;
  }

  async #await(member: Member<R>): Promise<void> {
    try {
      await member.runner.started;
    } catch (error) {
      this.#members.delete(member);
      return this.#failed(error);
    }
    this.#backoff.reset();
    this.#offer(member);
    this.#keepWarm();
  }

  #failed(error: unknown): void {
    if (this.#closed) return;
    const reason = error instanceof RunnerStartError ? error : new RunnerStartError(String(error));
    this.#backoff.fail(reason);
    if (this.#members.size === 0) this.#queue.rejectAll(reason);
  }

  #offer(member: Member<R>): void {
    if (this.#closed || member.retired || member.runner.executions >= this.limits.maxExecutionsPerRunner) {
      return member.runner.kill();
    }
    const tenant = this.#queue.first((waiting) => member.tenant === undefined || member.tenant === waiting);
    member.spent = false;
    if (tenant !== undefined) return this.#queue.grant(tenant, this.#leased(member, tenant));
    member.state = 'idle';
    member.idleSince = performance.now();
    this.#idle.push(member);
    if (this.#queue.length > 0) this.#relieve();
  }

  #remove(member: Member<R>): void {
    this.#members.delete(member);
    this.#withdraw(member);
    // One that never started is the backoff's to replace.
    if (this.#closed || member.state === 'starting') return;
    this.#keepWarm();
    this.#relieve();
  }

  /** Ends an idle runner; nobody can lease it while it dies. */
  #end(member: Member<R>): void {
    this.#withdraw(member);
    member.runner.kill();
  }

  #withdraw(member: Member<R>): void {
    const i = this.#idle.indexOf(member);
    if (i >= 0) this.#idle.splice(i, 1);
  }

  #keepWarm(): void {
    while (!this.#closed && !this.#backoff.waiting && this.#members.size < this.limits.maxRunners) {
      // So many starts at once as there are cores: more would only slow each other and what runs.
      const starting = this.#membersIn(({ state }) => state === 'starting');
      const warm = this.#membersIn(({ spent }) => !spent);
      if (starting >= this.limits.cores) return;
      if (warm >= this.limits.minRunners || this.#add() === undefined) return;
    }
  }

  /** Starts a runner for those who wait where it helps, or makes room for one; looks again in a moment. */
  #relieve(): void {
    if (this.#closed || this.#queue.length === 0) return;
    this.#stallTimer ??= setTimeout(() => {
      this.#stallTimer = undefined;
      this.#relieve();
    }, STALL_MS);
    this.#serveIdle();
    const starting = this.#membersIn(({ state }) => state === 'starting');
    if (this.#backoff.waiting || starting >= this.#queue.length) return;
    if (this.#isCrowded(starting)) return;
    if (this.#members.size < this.limits.maxRunners) this.#add();
    // Whoever is idle here serves another tenant than those who wait.
    else if (this.#idle[0]) this.#end(this.#idle[0]);
  }

  /** Hands idle runners to those who wait, as long as that helps. */
  #serveIdle(): void {
    while (this.#queue.length > 0 && !this.#isCrowded()) {
      const tenant = this.#queue.first((waiting) => this.#hasIdle(waiting));
      const member = tenant === undefined ? undefined : this.#takeIdle(tenant);
      if (tenant === undefined || member === undefined) return;
      this.#queue.grant(tenant, this.#leased(member, tenant));
    }
  }

  #hasIdle(tenant: string): boolean {
    return this.#idle.some((member) => member.tenant === undefined || member.tenant === tenant);
  }

  /**
   * Whether every core has a script that may soon be done: one more at once would only slow them. One that is
   * spent has left the processor to others; and with no lease for a while, nobody is soon done.
   */
  #isCrowded(more = 0): boolean {
    if (performance.now() - this.#lastLease >= STALL_MS) return false;
    return this.#membersIn(({ state, spent }) => state === 'running' && !spent) + more >= this.limits.cores;
  }

  #membersIn(condition: (member: Member<R>) => boolean): number {
    let count = 0;
    for (const member of this.#members) if (condition(member)) count += 1;
    return count;
  }

  #sweep(): void {
    const before = performance.now() - this.limits.idleTimeoutMs;
    const spare = this.#members.size - this.limits.minRunners;
    const unused = this.#idle.filter(({ idleSince }) => idleSince <= before);
    for (const member of unused.slice(0, Math.max(spare, 0))) this.#end(member);
  }
}
