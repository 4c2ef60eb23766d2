import { Injectable } from '@nestjs/common';
import { emptyTally, type RunnerTally } from './pool/runner-end.js';

/** How the sandbox does at one moment. */
export interface SandboxState {
  /** Why no script can run now, in words for the operator; undefined when scripts can. */
  readonly problem: string | undefined;
  /** Runner processes by what they do; `waiting` are those whose script waits and uses no processor. */
  readonly runners: Readonly<Record<'starting' | 'idle' | 'running' | 'waiting', number>>;
  /** Runner processes that were started so far, and that ended, by why. */
  readonly tally: RunnerTally;
  /** Most runner processes at once. */
  readonly maxRunners: number;
  /** Executions that wait for a runner process, and the most that may. */
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

/** How the sandbox does: other parts of an application read it, the sandbox in use says it. */
@Injectable()
export class SandboxStatus {
  #look = (): SandboxState => NOT_STARTED;

  get state(): SandboxState {
    return this.#look();
  }

  /** @param look asked each time that someone wants to know */
  follow(look: () => SandboxState): void {
    this.#look = look;
  }
}
