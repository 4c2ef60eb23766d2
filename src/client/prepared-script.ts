import { Course } from './course.js';
import { Execution } from './execution.js';
import type { Outbox } from './outbox.js';
import { Preparation } from './preparation.js';
import type { CallRequest, ScriptTexts } from './script.js';

/** A script that the service has compiled and keeps. Where it has forgotten it, it is prepared again, unseen. */
export class PreparedScript {
  readonly #outbox: Outbox;
  readonly #texts: ScriptTexts;
  readonly #retry: number;
  #again: Promise<string> | undefined;

  /** @internal */
  constructor(
    outbox: Outbox,
    texts: ScriptTexts,
    retry: number,
    /** What the service calls it: the same for the same texts. */
    readonly id: string,
  ) {
    this.#outbox = outbox;
    this.#texts = texts;
    this.#retry = retry;
  }

  /**
   * Calls it, without sending its code; as `execute` of the client in all else.
   * @throws TypeError at once, when JSON cannot carry the globals, or `functions` holds anything but functions
   */
  execute<Value = unknown>(request: CallRequest = {}): Execution<Value> {
    return new Execution(
      new Course(this.#outbox, request, this.#retry, { script: this.id }, () => this.#prepareAgain()),
    );
  }

  /** Once for all calls that wait for it. */
  #prepareAgain(): Promise<string> {
    this.#again ??= new Preparation(this.#outbox, this.#texts, this.#retry).script.finally(() => {
      this.#again = undefined;
    });
    return this.#again;
  }
}
