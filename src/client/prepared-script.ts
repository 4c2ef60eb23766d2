import { Course, type Shared } from './course.js';
import { Execution } from './execution.js';
import { Preparation } from './preparation.js';
import type { CallRequest } from './script.js';

/** A script that the service has compiled and keeps. Where it has forgotten it, it is prepared again, unseen. */
export class PreparedScript {
  readonly #shared: Shared;
  readonly #texts: string;
  #again: Promise<string> | undefined;

  /** @internal */
  constructor(
    shared: Shared,
    /** JSON, made when the script was prepared. */
    texts: string,
    /** What the service calls it: the same for the same texts. */
    readonly id: string,
  ) {
    this.#shared = shared;
    this.#texts = texts;
  }

  /**
   * Calls it, without sending its code; as `execute` of the client in all else.
   * @throws TypeError at once, when JSON cannot carry the globals or the options, or `functions` holds anything but functions
   */
  execute<Value = unknown>(request: CallRequest = {}): Execution<Value> {
    return new Execution(new Course(this.#shared, request, { script: this.id }, () => this.#prepareAgain()));
  }

  /** Once for all calls that wait for it. */
  #prepareAgain(): Promise<string> {
    this.#again ??= new Preparation(this.#shared.outbox, this.#texts, this.#shared.retry).script.finally(
      () => {
        this.#again = undefined;
      },
    );
    return this.#again;
  }
}
