import type { RunnerEnd } from './runner-end.js';

/** What the pool must hear of a runner process. */
export interface RunnerEvents {
  /** Ready for an execution, the first time or again. */
  idle(): void;
  /** The script that runs waits for a timer: it uses no processor. */
  waiting(): void;
  /** The script that runs has used the processor for long, and yields it to all others from now on. */
  hogging(): void;
  /** Dead; said once. */
  gone(end: RunnerEnd): void;
}
