import type { Outcome } from '../execution.js';
import { ConsoleLines } from './console-lines.js';

/** Why the gateway ends an execution together with its process. */
export type Ending = 'timedOut' | 'cancelled' | 'exhausted';

/** One execution in a runner process, from its frame to its outcome: deadline, cancelling, and the console so far. */
export class RunningExecution {
  readonly console = new ConsoleLines();
  readonly #startedAt = performance.now();
  readonly #deadline: NodeJS.Timeout;
  #ending: Ending | undefined;

  /** @param kill ends the process, and so the execution */
  constructor(
    private readonly resolve: (outcome: Outcome) => void,
    private readonly kill: (ending: Ending) => void,
    timeoutMs: number,
    private readonly cancelled?: AbortSignal,
  ) {
    this.#deadline = setTimeout(() => this.end('timedOut'), timeoutMs);
    cancelled?.addEventListener('abort', this.#cancel);
  }

  /** Whether it is being ended: an answer comes too late then. */
  get ending(): boolean {
    return this.#ending !== undefined;
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  /** The first reason stands. */
  end(ending: Ending): void {
    this.#ending ??= ending;
    this.kill(this.#ending);
  }

  settle(outcome: Outcome): void {
    clearTimeout(this.#deadline);
    this.cancelled?.removeEventListener('abort', this.#cancel);
    this.resolve(outcome);
  }

  /** Its process is gone. */
  gone(): void {
    const { lines } = this.console;
    if (this.#ending === 'exhausted') this.settle({ kind: 'exhausted', limit: 'memory', console: lines });
    else this.settle({ kind: this.#ending ?? 'died', console: lines });
  }

  readonly #cancel = (): void => this.end('cancelled');
}
