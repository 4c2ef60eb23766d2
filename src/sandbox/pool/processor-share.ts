import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

// With the lowest priority a process would get nothing on a machine where other programs are busy.
const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority;

/** The share of the processor that a runner process gets beside others: an equal one, or about a tenth of that. */
export class ProcessorShare {
  #yielding: number | undefined;

  /**
   * Lowers the priority.
   * @returns false when it is low already
   */
  yield(pid: number): boolean {
    if (this.#yielding !== undefined) return false;
    this.#yielding = pid;
    prioritize(pid, PRIORITY_BELOW_NORMAL);
    return true;
  }

  /** @returns false where the system refuses: only a privileged user may raise a priority */
  restore(): boolean {
    const pid = this.#yielding;
    this.#yielding = undefined;
    return pid === undefined || prioritize(pid, PRIORITY_NORMAL);
  }
}

/** Sets each thread: the system call does not take a whole process. */
function prioritize(pid: number, priority: number): boolean {
  try {
    for (const thread of readdirSync(`/proc/${pid}/task`)) setPriority(Number(thread), priority);
    return true;
  } catch {
    // Not allowed, or the process is gone, or the system has no /proc.
    return false;
  }
}
