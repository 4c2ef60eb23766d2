/** How long a script may compute before one more beside it is let in. */
export const STALL_MS = 20;
/**
 * After the lease of a runner of one execution its successor is started, unless the end of the runner has done that before.
 * To start a process takes the gateway some milliseconds: most scripts have had their answer by then.
 */
export const REPLACE_AFTER_MS = 10;
/** Scripts of tenants that have nothing else running are let in beyond the cores, up to so many times as many. */
const MOST_SHARED = 4;

/**
 * How many scripts may compute at once. As many as there are cores: more would only take time from each other,
 * while their deadlines run. But a core may be taken by an endless loop, so one more is let in when nothing has
 * been for a moment, and the next one after a longer moment; and a tenant's only script does not wait for another
 * tenant's to end.
 */
export class Pacing {
  #lastLease = 0;

  constructor(private readonly cores: number) {}

  leased(): void {
    this.#lastLease = performance.now();
  }

  /**
   * @param computing scripts that take the processor from each other; one that waits for a timer does not
   * @param ofTenant those of them that are of the tenant who asks
   */
  allows(computing: number, ofTenant: number): boolean {
    const beyond = computing - this.cores + 1;
    if (beyond <= 0 || (ofTenant === 0 && computing < MOST_SHARED * this.cores)) return true;
    return performance.now() - this.#lastLease >= STALL_MS * beyond;
  }
}
