import type { SandboxState } from '../../sandbox/index.js';

/** The part of the sandbox state that shows its load. */
export type Load = Pick<SandboxState, 'runners' | 'maxRunners' | 'queued' | 'queueSize'>;

/**
 * Decides whether the service should get more clients. It is full once an execution would be answered busy. It has room
 * again only when half of the places are free (hysteresis), so that readiness does not flap.
 *
 * Places are those of the queue, or runner processes if there is no queue.
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
