import type { PooledRunner } from './members.js';
import { Pacing } from './pacing.js';
import type { Roster } from './roster.js';
import { TenantShare } from './tenant-share.js';
import type { Demand } from './wait-queue.js';

export interface AdmissionLimits {
  readonly maxRunners: number;
  /** Places that only tenants with nothing running may take; undefined: an eighth, as soon as there is a second tenant. */
  readonly reservedRunners?: number | undefined;
  /** Scripts that can compute at once: more runners than this help only those that wait. */
  readonly cores: number;
}

/** With every script computing for this long, one more runner is started, though they share the cores. */
const GROW_AFTER_MS = 50;
/** A tenant with nothing running that has waited for so long gets a process, though the cores are busy with others. */
const PATIENCE_MS = 100;

/** Which executions may begin now, and for which of those that wait one more runner process is worth its start. */
export class Admission<R extends PooledRunner> {
  readonly #pacing: Pacing;
  readonly #share: TenantShare;

  constructor(
    private readonly roster: Roster<R>,
    private readonly limits: AdmissionLimits,
  ) {
    this.#pacing = new Pacing(limits.cores);
    this.#share = new TenantShare(limits.maxRunners, limits.reservedRunners);
  }

  asked(demand: Demand): void {
    this.#share.asked(demand.tenant);
  }

  leased(): void {
    this.#pacing.leased();
  }

  /** Whether an execution may begin, had it a runner process. */
  allows(demand: Demand): boolean {
    if (this.#room(demand) === 0) return false;
    const computing = this.roster.members.computing();
    const ofTenant = computing < this.limits.cores ? 0 : this.roster.members.computing(demand.tenant);
    return this.#pacing.allows(computing, ofTenant);
  }

  /**
   * Whether it has waited long for its first runner process. The runners of a tenant that floods are never idle for
   * long: without this, a tenant that has none would not get one.
   */
  isStarved(demand: Demand, since: number): boolean {
    return (
      performance.now() - since >= PATIENCE_MS &&
      this.roster.members.running(demand.tenant) === 0 &&
      this.allows(demand)
    );
  }

  /** How many more runner processes those that wait in a line would use now; the first has waited `since` then. */
  wanted(): (demand: Demand, since: number) => number {
    const isCrowded = this.#isCrowded();
    return (demand, since) => {
      if (!isCrowded) return this.#room(demand);
      return this.isStarved(demand, since) ? 1 : 0;
    };
  }

  /** Whether every script has computed for long, and no runner is on its way. */
  get isStalled(): boolean {
    const before = performance.now() - GROW_AFTER_MS;
    for (const { state, leasedAt } of this.roster.members) {
      if (state === 'starting' || (state === 'running' && leasedAt > before)) return false;
    }
    return true;
  }

  /** Whether the cores are busy: more runner processes would only take them from each other. */
  #isCrowded(): boolean {
    return (
      this.roster.members.computing() + this.roster.members.counts.starting >= this.limits.cores &&
      !this.isStalled
    );
  }

  #room(demand: Demand): number {
    const { running, waiting } = this.roster.members.counts;
    const share = this.#share.room(
      demand.tenant,
      this.roster.members.running(demand.tenant),
      running + waiting,
    );
    return Math.min(this.roster.room(demand), share);
  }
}
