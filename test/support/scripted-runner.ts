import { GivenScripts } from '../../src/sandbox/pool/given-scripts.js';
import type { PooledRunner } from '../../src/sandbox/pool/members.js';
import type { RunnerEnd } from '../../src/sandbox/pool/runner-end.js';
import type { RunnerEvents } from '../../src/sandbox/pool/runner-events.js';

/** A runner of no process: the test says when it is idle, waits or dies. */
export class ScriptedRunner implements PooledRunner {
  executions = 0;
  spoiled = false;
  readonly scripts = new GivenScripts();
  killed = false;
  warmed = 0;
  /** When it is gone after it was killed. */
  dies: Promise<unknown> = Promise.resolve();
  events: RunnerEvents | undefined;
  constructor(
    readonly started: Promise<void>,
    readonly fresh = false,
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
    void this.dies.then(() => this.events?.gone(reason));
  }
  idle(): void {
    this.executions += 1;
    this.events?.idle();
  }
}
