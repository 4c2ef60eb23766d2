import type { EgressSession } from '../egress.js';
import { TO_RUNNER } from '../boundary/messages.js';
import { EgressCalls } from './egress-calls.js';
import { type HostCalls, hostCallsOf } from './host-calls.js';
import type { RunnerMessage } from './runner-message.js';
import type { RunnerPipe } from './runner-pipe.js';
import type { Run, RunningExecution } from './running-execution.js';

type Call = Extract<RunnerMessage, { readonly kind: 'called' | 'egress' }>;

/** What one script asks of the world outside its runner process: functions of its client's, and requests. */
export class ScriptCalls {
  readonly #host: HostCalls | undefined;
  readonly #egress: EgressCalls | undefined;

  /** @param session of the execution's egress, if it has any */
  constructor(
    run: Run,
    running: RunningExecution,
    pipe: Pick<RunnerPipe, 'send' | 'backlog'>,
    session: EgressSession | undefined,
  ) {
    this.#host = hostCallsOf(run, running, (json, flushed) => pipe.send(TO_RUNNER.settled, json, flushed));
    this.#egress =
      session &&
      new EgressCalls({
        session,
        send: (text) => pipe.send(TO_RUNNER.egress, text),
        backlog: () => pipe.backlog,
        excess: () => running.end({ kind: 'exhausted', limit: 'calls' }),
      });
  }

  /** @returns false when no runner of ours makes such a call */
  take(call: Call): boolean {
    return (call.kind === 'called' ? this.#host?.take(call) : this.#egress?.take(call.frame)) ?? false;
  }

  /** The execution is over. */
  close(): void {
    this.#host?.close();
    this.#egress?.close();
  }
}
