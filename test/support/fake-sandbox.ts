import { JsonText } from '../../src/json-text/index.js';
import type { Execution, ExecutionWatcher, Outcome, Script } from '../../src/sandbox/execution.js';
import { SandboxService } from '../../src/sandbox/sandbox.service.js';

/** A sandbox that runs nothing: it notes each execution and answers what the test told it. */
export class FakeSandbox extends SandboxService {
  readonly executions: Execution[] = [];
  /** What the next runs become; replace it to change that. */
  answer: (
    execution: Execution,
    cancelled?: AbortSignal,
    watcher?: ExecutionWatcher,
  ) => Outcome | Promise<Outcome> = () => ({
    kind: 'returned',
    value: 42,
    console: ['hello'],
    timeMs: 1.4,
  });

  override async run(
    execution: Execution,
    cancelled?: AbortSignal,
    watcher?: ExecutionWatcher,
  ): Promise<Outcome> {
    this.executions.push(execution);
    return this.answer(execution, cancelled, watcher);
  }
}

/** An answer that lasts until the execution is cancelled. */
export function untilCancelled(_: Execution, cancelled?: AbortSignal): Promise<Outcome> {
  return new Promise((resolve) => {
    cancelled?.addEventListener('abort', () => resolve({ kind: 'cancelled', console: [] }), { once: true });
  });
}

/** The globals of a script as values, however they came. */
export function globalsOf({ globals }: Pick<Script, 'globals'>): object {
  return globals instanceof JsonText ? (globals.parse() as object) : globals;
}
