import type { Execution, ExecutionWatcher, Outcome } from './execution.js';

/**
 * The port: turns an execution into an outcome, in isolation. The abstract class is also the injection token.
 *
 * Many executions may run at once. Whatever the script does is an {@link Outcome}; the promise rejects only
 * when the host could not run it: `SandboxBusyError`, `SandboxClosedError`, `RunnerStartError`.
 */
export abstract class SandboxService {
  /** `cancelled` ends the execution at once, even in an endless loop; its outcome is then `cancelled`. */
  abstract run(execution: Execution, cancelled?: AbortSignal, watcher?: ExecutionWatcher): Promise<Outcome>;
}
