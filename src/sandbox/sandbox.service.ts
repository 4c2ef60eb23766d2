import type { Execution, ExecutionWatcher, Outcome } from './execution.js';

/**
 * The port: turns an execution into an outcome, in isolation. The abstract class is also the injection token.
 *
 * Many executions may run at once. Whatever the script does is an {@link Outcome}. The promise rejects only when the host
 * cannot run it: `SandboxBusyError`, `SandboxClosedError`, `RunnerStartError`.
 */
export abstract class SandboxService {
  /** `cancelled` ends the execution at once, even in an endless loop; its outcome is then `cancelled`. */
  abstract run(execution: Execution, cancelled?: AbortSignal, watcher?: ExecutionWatcher): Promise<Outcome>;

  /**
   * Compiles the script of an execution and runs nothing of it. The outcome is `threw` for text that does not compile, else
   * `returned`. A sandbox that cannot compile ahead finds nothing.
   */
  async prepare(_execution: Execution, _cancelled?: AbortSignal): Promise<Outcome> {
    return { kind: 'returned', value: null, console: [], timeMs: 0 };
  }

  /** No more executions of a tenant are expected: what is kept for it can go. */
  release(_tenant: string): void {}

  /** Whether contexts are kept for executions with `reuse`. */
  get reuses(): boolean {
    return false;
  }
}
