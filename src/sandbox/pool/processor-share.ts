import { readdirSync } from 'node:fs';
import { constants, setPriority } from 'node:os';

const { PRIORITY_LOW, PRIORITY_NORMAL } = constants.priority;

/** How much of the processor a runner process gets beside others: its share, or what they leave. */
export class ProcessorShare {
  #yielding: number | undefined;

  /**
   * Lets every other process have the processor before this one.
   * @returns false when it did so already
   */
  yield(pid: number): boolean {
    if (this.#yielding !== undefined) return false;
    this.#yielding = pid;
    prioritize(pid, PRIORITY_LOW);
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
