import { Execution } from './execution.js';
import { PendingExecution, type ClientContext } from './pending-execution.js';
import { PendingPreparation } from './pending-preparation.js';
import type { CallRequest } from './script.js';

/**
 * A script that the service has compiled and keeps. The client prepares it again when the service has forgotten it.
 */
export class PreparedScript {
  readonly #context: ClientContext;
  readonly #texts: string;
  #preparation: Promise<string> | undefined;

  /** @internal */
  constructor(
    context: ClientContext,
    /** JSON of the code, language and caller, serialized when the script was prepared. */
    texts: string,
    /** The service's id of the script. The same texts always have the same id. */
    readonly id: string,
  ) {
    this.#context = context;
    this.#texts = texts;
  }

  /**
   * Calls the script without sending its code. Otherwise it works as `Client.execute`.
   * @throws TypeError immediately, if the globals or the options cannot be serialized as JSON, or `functions` contains
   * anything but functions
   */
  execute<Value = unknown>(request: CallRequest = {}): Execution<Value> {
    const script = { script: this.id };
    return new Execution(new PendingExecution(this.#context, request, script, () => this.#prepareAgain()));
  }

  /** All calls that wait for the script share one preparation. */
  #prepareAgain(): Promise<string> {
    const { queue, retry } = this.#context;
    this.#preparation ??= new PendingPreparation(queue, this.#texts, retry).scriptId.finally(() => {
      this.#preparation = undefined;
    });
    return this.#preparation;
  }
}
