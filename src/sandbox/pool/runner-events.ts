import type { RunnerEnd } from './runner-end.js';

/** What the pool must hear of a runner process. */
export interface RunnerEvents {
  /** Ready for an execution, the first time or again. */
  idle(): void;
  /** The script that runs waits for a timer: it uses no processor. */
  waiting(): void;
  /** Dead; said once. */
  gone(end: RunnerEnd): void;
}
