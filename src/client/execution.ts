import { handled } from './handled.js';
import type { Course } from './course.js';
import type { ConsoleLine, Result } from './script.js';

/**
 * A script under way. Awaited it gives the result, or rejects with a {@link JavascriptdError}. Iterated it gives the
 * values that an async generator yields, and throws what it would reject with. An execution that fails, and that nobody
 * awaits or iterates, is not an unhandled rejection.
 */
export class Execution<Value = unknown> implements Promise<Result<Value>>, AsyncIterable<unknown> {
  readonly [Symbol.toStringTag] = 'Execution';
  readonly #course: Course;

  /** @internal */
  constructor(course: Course) {
    this.#course = course;
  }

  /**
   * The lines of the console, each once. They come as they are written if this is read in the turn in which `execute`
   * was called, or with `options.stream`; else with the answer. The loop ends with the execution, however that ends.
   */
  get console(): AsyncIterable<ConsoleLine> {
    this.#course.watch();
    return this.#course.parts.lines;
  }

  [Symbol.asyncIterator](): AsyncIterator<unknown, undefined> {
    this.#course.watch();
    return this.#course.parts.values[Symbol.asyncIterator]();
  }

  /**
   * Ends the script, wherever it is; the execution then rejects with {@link CancelledError}. Resolves to whether there
   * was anything to end.
   * @throws RejectedError when the service cannot cancel: the script then runs on, and nobody hears of it
   */
  cancel(reason?: unknown): Promise<boolean> {
    return handled(this.#course.cancel(reason));
  }

  // oxlint-disable-next-line unicorn/no-thenable -- it is one: whoever only wants the result awaits it
  then<A = Result<Value>, B = never>(
    fulfilled?: ((result: Result<Value>) => A | PromiseLike<A>) | null,
    rejected?: ((error: unknown) => B | PromiseLike<B>) | null,
  ): Promise<A | B> {
    return (this.#course.result as Promise<Result<Value>>).then(fulfilled, rejected);
  }

  catch<B = never>(rejected?: ((error: unknown) => B | PromiseLike<B>) | null): Promise<Result<Value> | B> {
    return this.then(undefined, rejected);
  }

  finally(settled?: (() => void) | null): Promise<Result<Value>> {
    return (this.#course.result as Promise<Result<Value>>).finally(settled);
  }
}
