import type { GivenScripts } from './given-scripts.js';
import type { Demand } from './wait-queue.js';

/** A runner that waits for an execution. */
export interface Idle {
  /** Whom it serves; nobody yet before its first execution. */
  readonly tenant: string | undefined;
  readonly runner: {
    readonly scripts: Pick<GivenScripts, 'hasContext'>;
  };
  /** Whether it was started for one execution only, at level `process`. */
  readonly fresh: boolean;
  idleSince: number;
}

/** One that was idle for less may be making its next context: another serves a call sooner. */
const REST_MS = 1;

/** The runners that can be leased at once. */
export class IdleRunners<M extends Idle> {
  readonly #members: M[] = [];

  get size(): number {
    return this.#members.length;
  }

  put(member: M): void {
    member.idleSince = performance.now();
    this.#members.push(member);
  }

  /**
   * Takes one that serves the tenant, and of these one that has what is asked for, else one that serves nobody yet.
   * Of several the last one in that has made its next context: its memory is warm.
   */
  take({ tenant, fresh, context }: Demand): M | undefined {
    const suits = (member: M): boolean => member.fresh === fresh && member.tenant === tenant;
    let i = -1;
    if (context !== undefined)
      i = this.#members.findLastIndex((member) => suits(member) && member.runner.scripts.hasContext(context));
    const rested = performance.now() - REST_MS;
    if (i < 0) i = this.#members.findLastIndex((member) => suits(member) && member.idleSince < rested);
    if (i < 0) i = this.#members.findIndex(suits);
    if (i < 0)
      i = this.#members.findLastIndex((member) => member.fresh === fresh && member.tenant === undefined);
    return i < 0 ? undefined : this.#members.splice(i, 1)[0];
  }

  /** The one that has been idle for longest, of those that fit. */
  oldest(fits: (member: M) => boolean = () => true): M | undefined {
    return this.#members.find(fits);
  }

  idleSince(before: number): M[] {
    return this.#members.filter(({ idleSince }) => idleSince <= before);
  }

  withdraw(member: M): void {
    const i = this.#members.indexOf(member);
    if (i >= 0) this.#members.splice(i, 1);
  }
}
