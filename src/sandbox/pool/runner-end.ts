/** Why a runner process ended: values of the label `reason` of `javascriptd_runner_processes_ended_total`. */
export const RUNNER_ENDS = {
  timedOut: 'its script exceeded the deadline',
  cancelled: 'the client cancelled its script',
  exhausted: 'its script exceeded a limit',
  ran_after_reply: 'its script went on running after its reply',
  protocol_violation: 'it sent an invalid or unexpected message',
  died: 'it exited by itself',
  start_failed: 'it did not become ready',
  single_use: 'it had run its one script (`SANDBOX_ISOLATION=process`)',
  recycled: 'it had run the maximum number of scripts, had grown, or the installed packages had changed',
  idle: 'it had been idle for `SANDBOX_IDLE_TIMEOUT`',
  preempted: 'another tenant needed its place',
  stopped: 'the service was stopping',
} as const satisfies Record<string, string>;

export type RunnerEnd = keyof typeof RUNNER_ENDS;

/** Counts of runner processes since the start of the service. */
export interface RunnerTally {
  readonly started: number;
  readonly ended: Readonly<Record<RunnerEnd, number>>;
}

/** Counts of zero. */
export function emptyTally(): { started: number; ended: Record<RunnerEnd, number> } {
  const ended = Object.fromEntries(Object.keys(RUNNER_ENDS).map((end) => [end, 0]));
  return { started: 0, ended: ended as Record<RunnerEnd, number> };
}
