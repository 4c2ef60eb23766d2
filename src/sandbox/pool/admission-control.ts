import { type Clock, SYSTEM_CLOCK } from '../clock.js';
import type { PooledRunner, RunnerSet } from './runner-set.js';
import type { LeaseRequest } from './wait-queue.js';

export interface AdmissionLimits {
  readonly maxRunners: number;
  /** Places that only tenants with nothing running may take; undefined: an eighth, as soon as there is a second tenant. */
  readonly reservedRunners?: number | undefined;
  /** Scripts that can compute at once: more runners than this help only scripts that wait. */
  readonly cores: number;
}

/** How long a script may compute before another one is admitted beside it. */
export const STALL_MS = 20;
/** When every script has computed for this long, one more runner is started, though they share the cores. */
const GROW_AFTER_MS = 50;
/** A tenant with nothing running that has waited for this long gets a process, though the cores are busy with others. */
const PATIENCE_MS = 100;
/** The only script of a tenant is admitted beyond the cores, up to this many times as many. */
const MAX_SHARED = 4;
/** A tenant counts as present for this long after its last request. */
const PRESENT_MS = 600_000;
/** The share of all places that is kept for tenants with nothing running. */
const RESERVED_SHARE = 1 / 8;

/**
 * Decides which executions may begin now, and for which waiting requests one more runner process is worth its start.
 *
 * As many scripts compute at once as there are cores: more would only take time from each other, while their deadlines run.
 * But an endless loop may take a core, so one more script is admitted when none was for a moment, and the next one after a
 * longer moment. A tenant's only script does not wait for another tenant's to end.
 */
export class AdmissionControl<R extends PooledRunner> {
  readonly #share: TenantShare;
  #lastLease = 0;

  constructor(
    private readonly runners: RunnerSet<R>,
    private readonly limits: AdmissionLimits,
    private readonly clock: Clock = SYSTEM_CLOCK,
  ) {
    this.#share = new TenantShare(limits.maxRunners, limits.reservedRunners, clock);
  }

  onRequest({ tenant }: LeaseRequest): void {
    this.#share.asked(tenant);
  }

  onLease(now: number): void {
    this.#lastLease = now;
  }

  /** Whether an execution may begin, had it a runner process. */
  allows(request: LeaseRequest): boolean {
    if (this.#room(request) === 0) return false;
    const { cores } = this.limits;
    const computing = this.runners.computing();
    if (computing < cores) return true;
    if (computing < MAX_SHARED * cores && this.runners.computing(request.tenant) === 0) return true;
    return this.clock.now() - this.#lastLease >= STALL_MS * (computing - cores + 1);
  }

  /**
   * Whether a request has waited long for the first runner process of its tenant. The runners of a tenant that floods are
   * never idle for long: without this, a tenant that has none would not get one.
   */
  isStarved(request: LeaseRequest, since: number): boolean {
    return (
      this.clock.now() - since >= PATIENCE_MS &&
      this.runners.running(request.tenant) === 0 &&
      this.allows(request)
    );
  }

  /** How many more runner processes a line of waiting requests would use now; its first has waited `since` then. */
  demand(): (request: LeaseRequest, since: number) => number {
    const isCrowded = this.#isCrowded();
    return (request, since) => {
      if (!isCrowded) return this.#room(request);
      return this.isStarved(request, since) ? 1 : 0;
    };
  }

  /** Whether every script has computed for long, and no runner is starting. */
  get isStalled(): boolean {
    const before = this.clock.now() - GROW_AFTER_MS;
    for (const { state, leasedAt } of this.runners.members) {
      if (state === 'starting' || (state === 'running' && leasedAt > before)) return false;
    }
    return true;
  }

  /** Whether the cores are busy: more runner processes would only take them from each other. */
  #isCrowded(): boolean {
    const busy = this.runners.computing() + this.runners.counts.starting;
    return busy >= this.limits.cores && !this.isStalled;
  }

  #room(request: LeaseRequest): number {
    const room = this.runners.room(request);
    const { tenant } = request;
    if (room === 0 || this.#share.reservedFrom(tenant) === 0) return room;
    const { running, waiting } = this.runners.counts;
    return Math.min(room, this.#share.room(tenant, this.runners.running(tenant), running + waiting));
  }
}

interface Seen {
  readonly tenant: string;
  at: number;
}

/**
 * How many of the runner processes one tenant may use while there are others. The last places are for tenants that have
 * nothing running: whatever one tenant runs, and for how long, the next tenant finds a place (docs/decisions/0001).
 */
class TenantShare {
  /** The two tenants that asked last: enough to know whether there is another one. */
  #last: Seen | undefined;
  #other: Seen | undefined;

  /**
   * @param maxRunners all places
   * @param reserved places for tenants with nothing running; undefined: an eighth, as soon as there is a second tenant
   */
  constructor(
    private readonly maxRunners: number,
    private readonly reserved: number | undefined,
    private readonly clock: Clock,
  ) {}

  /** A tenant asks for a runner process. */
  asked(tenant: string): void {
    if (this.#last?.tenant !== tenant) {
      this.#other = this.#last;
      this.#last = { tenant, at: 0 };
    }
    this.#last.at = this.clock.now();
  }

  /**
   * How many more executions of a tenant may begin.
   * @param running executions of this tenant
   * @param all executions of all tenants
   */
  room(tenant: string, running: number, all: number): number {
    const reserved = this.reservedFrom(tenant);
    if (reserved === 0) return Infinity;
    const shared = Math.max(this.maxRunners - reserved - all, 0);
    return running === 0 ? Math.max(shared, 1) : shared;
  }

  /** How many places are kept from a tenant that has something running. */
  reservedFrom(tenant: string): number {
    const max = this.maxRunners - 1;
    if (this.reserved !== undefined) return Math.min(this.reserved, max);
    return this.#isAlone(tenant) ? 0 : Math.min(reservedOf(this.maxRunners), max);
  }

  #isAlone(tenant: string): boolean {
    const another = this.#last?.tenant === tenant ? this.#other : this.#last;
    return another === undefined || this.clock.now() - another.at > PRESENT_MS;
  }
}

/** Places for tenants with nothing running, where there is more than one tenant: an eighth, and at least one. */
export function reservedOf(maxRunners: number): number {
  return Math.max(Math.floor(maxRunners * RESERVED_SHARE), 1);
}
