import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

// With the lowest priority it would get nothing on a machine where other programs are busy.
const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

/** How much of the processor a runner process gets beside others: the same as they, or about a tenth of that. */
export class ProcessorShare {
  #yielding: number | undefined;

  /**
   * Leaves the processor to others, mostly.
   * @returns false when it did so already
   */
  yield(pid: number): boolean {
    if (this.#yielding !== undefined) return false;
    this.#yielding = pid;
    prioritize(pid, PRIORITY_BELOW_NORMAL);
    return true;
  }

  /** @returns false where the system does not let us: only a privileged user may raise a priority */
  restore(): boolean {
    const pid = this.#yielding;
    this.#yielding = undefined;
    return pid === undefined || prioritize(pid, PRIORITY_NORMAL);
  }
}

/** A thread each: the system call takes no whole process. */
function prioritize(pid: number, priority: number): boolean {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), priority);
    return true;
  } catch {
    // Not allowed, or it is gone, or the system has no /proc.
    return false;
  }
}
