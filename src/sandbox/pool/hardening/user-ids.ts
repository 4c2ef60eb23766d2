import { readdirSync, readFileSync } from 'node:fs';
import { RunnerStartError } from '../../errors.js';

/** User ids that systemd's list of ranges leaves to nobody, from the default of `SANDBOX_UID` on. */
export const MOST_USER_IDS = 600;

/** One user id, held until its process is gone. */
export interface UserIdLease {
  readonly uid: number;
  /** The process that was started has ended. Its children may live on: the kernel is asked before the id is used again. */
  readonly release: () => void;
}

/**
 * The user ids of runner processes: no two living processes share one. A process that shared the id of another tenant's
 * runner could signal it and read its memory.
 */
export class UserIds {
  /** No process has one of these. */
  readonly #free: number[] = [];
  /** Given back, or never used by this service: a process may have one all the same. */
  #unverified: number[];

  /**
   * @param first of the range
   * @param count of ids in the range
   * @param living the user ids that processes have now
   */
  constructor(
    first: number,
    private readonly count = MOST_USER_IDS,
    private readonly living: () => ReadonlySet<number> = livingUserIds,
  ) {
    this.#unverified = Array.from({ length: count }, (_, i) => first + i);
  }

  /** @throws RunnerStartError when processes have all of them */
  take(): UserIdLease {
    if (this.#free.length === 0) this.#verify();
    const uid = this.#free.shift();
    if (uid === undefined) {
      throw new RunnerStartError(
        `the runner process did not start: all ${this.count} user ids from SANDBOX_UID on are in use`,
      );
    }
    let isHeld = true;
    return {
      uid,
      release: () => {
        if (isHeld) this.#unverified.push(uid);
        isHeld = false;
      },
    };
  }

  /** Looks at all processes once for many launches: only when no id is known to be free. */
  #verify(): void {
    if (this.#unverified.length === 0) return;
    const living = this.living();
    this.#free.push(...this.#unverified.filter((uid) => !living.has(uid)));
    this.#unverified = this.#unverified.filter((uid) => living.has(uid));
  }
}

/** @returns none on a system without /proc: there the end of the process that was started has to do */
export function livingUserIds(): ReadonlySet<number> {
  const found = new Set<number>();
  for (const name of processNames()) for (const uid of userIdsOf(name)) found.add(uid);
  return found;
}

function processNames(): readonly string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Real, effective, saved and file system user id. The owner of the folder is root's where a process cannot be dumped. */
function userIdsOf(pid: string): readonly number[] {
  try {
    const [, ids = ''] = /^Uid:(.*)$/m.exec(readFileSync(`/proc/${pid}/status`, 'latin1')) ?? [];
    return ids.trim().split(/\s+/).map(Number);
  } catch {
    // It has ended meanwhile.
    return [];
  }
}
