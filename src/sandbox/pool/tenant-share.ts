/** A tenant counts as present for so long after its last request. */
const PRESENT_MS = 600_000;
/** Of all places, the share that is kept for tenants with nothing running. */
const RESERVED_SHARE = 1 / 8;

interface Seen {
  readonly tenant: string;
  at: number;
}

/**
 * How many of the runner processes one tenant may use while there are others. The last places are for tenants that have
 * nothing running: whatever one tenant runs, and for how long, the next tenant finds a place (docs/decisions/0001).
 */
export class TenantShare {
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
  ) {}

  /** A tenant asks for a runner process. */
  asked(tenant: string): void {
    if (this.#last?.tenant !== tenant) {
      this.#other = this.#last;
      this.#last = { tenant, at: 0 };
    }
    this.#last.at = performance.now();
  }

  /**
   * How many more executions of a tenant may begin.
   * @param running executions of this tenant
   * @param all executions of all tenants
   */
  room(tenant: string, running: number, all: number): number {
    const reserved = this.#reservedFrom(tenant);
    if (reserved === 0) return Infinity;
    const shared = Math.max(this.maxRunners - reserved - all, 0);
    return running === 0 ? Math.max(shared, 1) : shared;
  }

  #reservedFrom(tenant: string): number {
    const most = this.maxRunners - 1;
    if (this.reserved !== undefined) return Math.min(this.reserved, most);
    return this.#isAlone(tenant) ? 0 : Math.min(reservedOf(this.maxRunners), most);
  }

  #isAlone(tenant: string): boolean {
    const another = this.#last?.tenant === tenant ? this.#other : this.#last;
    return another === undefined || performance.now() - another.at > PRESENT_MS;
  }
}

/** Places for tenants with nothing running, where there is more than one tenant: an eighth, and at least one. */
export function reservedOf(maxRunners: number): number {
  return Math.max(Math.floor(maxRunners * RESERVED_SHARE), 1);
}
