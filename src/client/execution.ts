import type { PendingExecution } from './pending-execution.js';
import type { ConsoleLine, Result } from './script.js';
import { ignoreUnhandled } from './unhandled-rejection.js';

/**
 * A running script. `await` returns its result, or throws a {@link JavascriptdError}. `for await` iterates the values
 * that an async generator yields, and throws the same error. A failed execution that nobody awaits or iterates is not
 * an unhandled rejection.
 */
export class Execution<Value = unknown> implements Promise<Result<Value>>, AsyncIterable<unknown> {
  readonly [Symbol.toStringTag] = 'Execution';
  readonly #pending: PendingExecution;

  /** @internal */
  constructor(pending: PendingExecution) {
    this.#pending = pending;
  }

  /**
   * The console lines; each is delivered once. They are streamed if `options.stream` is set, or if this property is read
   * in the same turn as the call of `execute`; otherwise they arrive with the result. The loop ends when the execution
   * ends, and never throws its error.
   */
  get console(): AsyncIterable<ConsoleLine> {
    this.#pending.requestStream();
    return this.#pending.output.lines;
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown, undefined> {
    this.#pending.requestStream();
    return this.#pending.output.values[Symbol.asyncIterator]();
  }

  /**
   * Cancels the script, queued or running; the execution then rejects with {@link CancelledError}.
   * @returns false if the execution had already ended
   * @throws RejectedError if the service cannot cancel: the script keeps running, and its reply is ignored
   */
  cancel(reason?: unknown): Promise<boolean> {
    return ignoreUnhandled(this.#pending.cancel(reason));
  }

  // oxlint-disable-next-line unicorn/no-thenable -- intended: callers who only want the result await the execution
  then<A = Result<Value>, B = never>(
    fulfilled?: ((result: Result<Value>) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return (this.#pending.result as Promise<Result<Value>>).then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<Result<Value> | B> {
    return this.then(undefined, rejected);
  }

  finally(settled?: (() => void) | null): Promise<Result<Value>> {
    return (this.#pending.result as Promise<Result<Value>>).finally(settled);
  }
}
