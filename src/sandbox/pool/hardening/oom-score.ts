import { writeFileSync } from 'node:fs';

/** The highest `oom_score_adj`: where memory is short, the kernel kills such a process before any other. */
export const FIRST_TO_GO = 1000;

/**
 * A runner process is to die for want of memory before the gateway, which serves everybody. Its children inherit it.
 * To raise the score needs no privilege; to lower what root has raised does.
 */
export function preferForOom(pid: number): void {
  try {
    writeFileSync(`/proc/${pid}/oom_score_adj`, String(FIRST_TO_GO));
  } catch {
    // It has ended already, or the system has no /proc, or does not let us.
  }
}
