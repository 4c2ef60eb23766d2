/** Why a runner process ended. */
export const RUNNER_ENDS = {
  timedOut: 'its script outlived the deadline',
  cancelled: 'the client cancelled its script',
  exhausted: 'its script passed a limit',
  restless: 'its script went on after its answer',
  lied: 'it said what cannot be',
  died: 'it ended by itself',
  failed: 'it was never ready',
  spent: 'it had run the one script that it was for (`SANDBOX_ISOLATION=process`)',
  worn: 'it had run many scripts, or taken much memory, or the installed packages have changed',
  idle: 'it had nothing to do for long',
  displaced: 'another tenant needed its place',
  stopped: 'the service stops',
} as const satisfies Record<string, string>;

export type RunnerEnd = keyof typeof RUNNER_ENDS;

/** Runner processes since the service began. */
export interface RunnerTally {
  readonly started: number;
  readonly ended: Readonly<Record<RunnerEnd, number>>;
}

/** No runner process at all. */
export function emptyTally(): { started: number; ended: Record<RunnerEnd, number> } {
  const ended = Object.fromEntries(Object.keys(RUNNER_ENDS).map((end) => [end, 0]));
  return { started: 0, ended: ended as Record<RunnerEnd, number> };
}
