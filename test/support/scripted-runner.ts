import { GivenScripts } from '../../src/sandbox/pool/given-scripts.js';
import type { RunnerEnd } from '../../src/sandbox/pool/runner-end.js';
import type { PooledRunner, RunnerEvents } from '../../src/sandbox/pool/runner-set.js';

/** A runner without a process: the test decides when it is idle, waits or dies. */
export class ScriptedRunner implements PooledRunner {
  executions = 0;
  unhealthy = false;
  readonly scripts = new GivenScripts();
  killed = false;
  warmed = 0;
  /** Settles when it is gone after a kill. */
  dies: Promise<unknown> = Promise.resolve();
  events: RunnerEvents | undefined;
  constructor(
    readonly started: Promise<void>,
    readonly singleUse = false,
  ) {}
  listen(events: RunnerEvents): void {
    this.events = events;
  }
  warm(): void {
    this.warmed += 1;
  }
  kill(reason: RunnerEnd = 'died'): void {
    if (this.killed) return;
    this.killed = true;
    void this.dies.then(() => this.events?.onExit(reason));
  }
  idle(): void {
    this.executions += 1;
    this.events?.onIdle();
  }
}
