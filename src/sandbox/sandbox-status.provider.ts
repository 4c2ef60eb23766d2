import { Injectable } from '@nestjs/common';
import { emptyTally, type RunnerTally } from './pool/runner-end.js';

/** The state of the sandbox at one moment. */
export interface SandboxState {
  /** Why no script can run now, for the operator; undefined when scripts can run. */
  readonly problem: string | undefined;
  /** Runner processes by state; the scripts of `waiting` ones wait and use no processor. */
  readonly runners: Readonly<Record<'starting' | 'idle' | 'running' | 'waiting', number>>;
  /** Runner processes that were started so far, and those that ended, by reason. */
  readonly tally: RunnerTally;
  /** Max runner processes at once. */
  readonly maxRunners: number;
  /** Executions that wait for a runner process, and the max that may wait. */
  readonly queued: number;
  readonly queueSize: number;
}

const NOT_STARTED: SandboxState = {
  problem: 'the sandbox has not started',
  runners: { starting: 0, idle: 0, running: 0, waiting: 0 },
  tally: emptyTally(),
  maxRunners: 0,
  queued: 0,
  queueSize: 0,
};

/** The state of the sandbox: the sandbox in use supplies it, other parts of an application read it. */
@Injectable()
export class SandboxStatus {
  #look = (): SandboxState => NOT_STARTED;

  get state(): SandboxState {
    return this.#look();
  }

  /** @param look called for each read */
  follow(look: () => SandboxState): void {
    this.#look = look;
  }
}
