import type { EgressSession } from '../egress.js';
import type { Outcome } from '../execution.js';
import type { GivenScripts } from './given-scripts.js';
import { readOut } from './read-out.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerAnswer, RunnerMessage } from './runner-message.js';
import type { RunnerPipe } from './runner-pipe.js';
import { type Run, RunningExecution } from './running-execution.js';
import { ScriptCalls } from './script-calls.js';

/** What one execution needs of its runner process. */
export interface ScriptRunLinks {
  readonly pipe: RunnerPipe;
  readonly scripts: GivenScripts;
  resolve(outcome: Outcome): void;
  kill(end: RunnerEnd): void;
  /** It has answered: only the next idle may come. */
  answered(): void;
  /** Its script waits for a timer. */
  waiting(): void;
}

type Heard = Exclude<RunnerMessage, { readonly kind: 'ready' | 'idle' }>;

/** One execution on its runner process: what it is sent, what is heard of it, and whether it can have begun. */
export class ScriptRun {
  readonly execution: RunningExecution;
  readonly #calls: ScriptCalls;
  /** Frames that had been sent with its own. */
  readonly #framesSent: number;
  #heard = false;

  /** @param session of its egress, if it has any */
  constructor(
    run: Run,
    session: EgressSession | undefined,
    private readonly links: ScriptRunLinks,
  ) {
    const { pipe, scripts } = links;
    this.execution = new RunningExecution(
      {
        resolve: (outcome) => links.resolve(outcome),
        kill: (end) => this.end(end),
        readOut: (done) => readOut(pipe, done),
        hold: (until) => pipe.hold(until),
      },
      run,
    );
    this.#calls = new ScriptCalls(run, this.execution, pipe, session);
    pipe.limits = run.bounds;
    pipe.account = run.tenant;
    scripts.send(run, pipe);
    this.#framesSent = pipe.sent;
  }

  /**
   * Whether it may have begun. False only when the process ended before it had read it whole: nothing was heard of it, and
   * its own frame, the last one that was sent, is not read. What the gateway ended is never run again, either.
   */
  get begun(): boolean {
    const { unread, sent } = this.links.pipe;
    return this.#heard || !unread || sent !== this.#framesSent;
  }

  /** The gateway ends it with its process, or has caught that lying: what the process says now comes too late. */
  end(end: RunnerEnd): void {
    this.#heard = true;
    this.links.pipe.stop();
    this.links.kill(end);
  }

  /** @returns false when the runner lies: what it says cannot be at this moment */
  accept(message: Heard): boolean {
    this.#heard = true;
    switch (message.kind) {
      case 'waiting':
      case 'console':
      case 'consoleCut':
      case 'yielded':
        if (!this.execution.said(message)) return false;
        if (message.kind === 'waiting') this.links.waiting();
        return true;
      case 'called':
      case 'egress':
        return this.#calls.take(message);
      default:
        this.#answer(message);
        return true;
    }
  }

  /** Its process is gone. @returns what it died of; it has its outcome then */
  gone(exhausted: 'heap' | 'memory' | undefined): RunnerEnd {
    const fate = this.execution.gone(exhausted);
    this.#close();
    return fate;
  }

  #answer(message: RunnerAnswer): void {
    this.links.answered();
    const { run, lines, elapsedMs } = this.execution;
    const answer = { ...message, console: lines };
    if (answer.kind === 'returned') this.links.scripts.returned(run);
    this.execution.settle(answer.kind === 'returned' ? { ...answer, timeMs: elapsedMs } : answer);
    this.#close();
  }

  #close(): void {
    this.links.pipe.limits = undefined;
    this.#calls.close();
  }
}
