import { TO_RUNNER } from '../boundary/messages.js';
import type { EgressSession } from '../egress.js';
import type { Outcome } from '../execution.js';
import { EgressCalls } from './egress-calls.js';
import type { GivenScripts } from './given-scripts.js';
import { HostCalls } from './host-calls.js';
import { readOut } from './read-out.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerAnswer, RunnerMessage } from './runner-message.js';
import type { RunnerPipe } from './runner-pipe.js';
import { type ProcessLinks, RunningExecution, type RunRequest } from './running-execution.js';

/** What executions need of their runner process. */
export interface ScriptRunLinks {
  readonly pipe: RunnerPipe;
  readonly scripts: GivenScripts;
  kill(end: RunnerEnd): void;
  /** The script has answered: only the next idle may come. */
  onAnswer(): void;
  /** The script waits for a timer. */
  onWaiting(): void;
}

/** Messages about an execution. */
type ScriptMessage = Exclude<RunnerMessage, { readonly kind: 'ready' | 'idle' }>;

/** One execution on its runner process: what the process is sent, what it reports, and whether the script may have begun. */
export class ScriptRun implements ProcessLinks {
  readonly execution: RunningExecution;
  /** Calls of the client's functions, and network requests, where the execution may make any. */
  readonly #hostCalls: HostCalls | undefined;
  readonly #egressCalls: EgressCalls | undefined;
  /** Number of frames sent, its own frame included. */
  readonly #framesSent: number;
  #heard = false;

  /** @param session of its egress, if it has any */
  constructor(
    request: RunRequest,
    session: EgressSession | undefined,
    private readonly links: ScriptRunLinks,
    resolve: (outcome: Outcome) => void,
  ) {
    const { pipe, scripts } = links;
    this.execution = new RunningExecution(request, this, resolve);
    this.#hostCalls = this.#hostCallsOf(request);
    this.#egressCalls = session && this.#egressCallsOf(session);
    pipe.limits = request.limits;
    pipe.account = request.tenant;
    scripts.send(request, pipe);
    this.#framesSent = pipe.sent;
  }

  /**
   * Whether the script may have begun. False only when the process ended before it had read the whole frame: nothing was
   * heard of the script, and its own frame, the last one that was sent, is unread. What the gateway ended never runs again,
   * either.
   */
  get begun(): boolean {
    const { unread, sent } = this.links.pipe;
    return this.#heard || !unread || sent !== this.#framesSent;
  }

  /** The gateway ends the script with its process, or has caught it lying: messages of the process come too late now. */
  end(end: RunnerEnd): void {
    this.#heard = true;
    this.links.pipe.stop();
    this.links.kill(end);
  }

  readOut(done: () => void): void {
    readOut(this.links.pipe, done);
  }

  hold(until: Promise<void> | undefined): void {
    this.links.pipe.hold(until);
  }

  /** @returns false on a protocol violation: the message cannot come at this moment */
  accept(message: ScriptMessage): boolean {
    this.#heard = true;
    switch (message.kind) {
      case 'waiting':
      case 'unanswered':
      case 'loading':
      case 'console':
      case 'consoleCut':
      case 'yielded':
        if (!this.execution.onOutput(message)) return false;
        if (message.kind === 'waiting') this.links.onWaiting();
        return true;
      case 'called':
        return this.#hostCalls?.take(message) ?? false;
      case 'egress':
        return this.#egressCalls?.take(message.frame) ?? false;
      default:
        this.#onAnswer(message);
        return true;
    }
  }

  /**
   * The process is gone, and the execution has its outcome.
   * @returns what the process died of
   */
  onExit(exhausted: 'heap' | 'memory' | undefined): RunnerEnd {
    const fate = this.execution.onExit(exhausted);
    this.#close();
    return fate;
  }

  #onAnswer(answer: RunnerAnswer): void {
    const { links, execution } = this;
    links.onAnswer();
    const { lines: console } = execution;
    if (answer.kind === 'returned') {
      links.scripts.returned(execution.request);
      execution.settle({ kind: 'returned', value: answer.value, console, timeMs: execution.elapsedMs });
    } else {
      execution.settle({ ...answer, console });
    }
    this.#close();
  }

  #close(): void {
    this.links.pipe.limits = undefined;
    this.#hostCalls?.close();
    this.#egressCalls?.close();
  }

  /** @returns undefined when the execution has no host functions */
  #hostCallsOf({ watcher, functions, hostTime, limits }: RunRequest): HostCalls | undefined {
    if (watcher?.call === undefined || functions === undefined || functions.length === 0) return undefined;
    return new HostCalls(functions, limits.maxResultBytes, {
      call: watcher.call.bind(watcher),
      send: (json, flushed) => this.links.pipe.send(TO_RUNNER.settled, json, flushed),
      excess: () => this.#endForCalls(),
      waits: (forHost) => {
        if (hostTime !== 'pauses') return;
        if (forHost) this.execution.deadline.pause();
        else this.execution.deadline.resume();
      },
    });
  }

  #egressCallsOf(session: EgressSession): EgressCalls {
    const { pipe } = this.links;
    return new EgressCalls({
      session,
      send: (text) => pipe.send(TO_RUNNER.egress, text),
      backlog: () => pipe.backlog,
      excess: () => this.#endForCalls(),
    });
  }

  #endForCalls(): void {
    this.execution.end({ kind: 'exhausted', limit: 'calls' });
  }
}
