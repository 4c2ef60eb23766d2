import type { SandboxState } from '../../sandbox/index.js';

/** As much of the sandbox's state as says how busy it is. */
export type Load = Pick<SandboxState, 'runners' | 'maxRunners' | 'queued' | 'queueSize'>;

/**
 * Whether a service should be sent more clients. It is full once an execution would be answered busy, and has room
 * again only when half of the places are free: one that sits at the edge must not come and go with each look.
 *
 * The places are those of the queue; without a queue they are the runner processes.
 */
export class Capacity {
  #full = false;

  hasRoom({ runners, maxRunners, queued, queueSize }: Load): boolean {
    const [taken, places] =
      queueSize === 0 ? [runners.running + runners.waiting, maxRunners] : [queued, queueSize];
    if (taken >= places) this.#full = true;
    else if (taken <= places / 2) this.#full = false;
    return !this.#full;
  }
}
