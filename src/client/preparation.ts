import { backoffMs } from './backoff.js';
import { ConnectionLostError, JavascriptdError } from './errors.js';
import type { Outbox, Request } from './outbox.js';
import { BusyError, ShuttingDownError } from './reply-errors.js';
import type { ScriptTexts } from './script.js';

/** How often it is sent again after a connection broke: nothing of a script runs, so that is safe. */
const MOST_LOST = 3;

/** Has the service compile a script and keep it. */
export class Preparation implements Request {
  readonly method = 'runtime.prepare';
  readonly payload: string;
  /** The id that the service gives. */
  readonly script: Promise<string>;
  readonly #outbox: Outbox;
  #resolve: (script: string) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #retries: number;
  #tried = 0;
  #lost = 0;

  constructor(outbox: Outbox, { code, language, caller }: ScriptTexts, retry: number) {
    this.#outbox = outbox;
    this.#retries = retry;
    this.payload = JSON.stringify({ code, language, caller });
    this.script = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    outbox.add(this);
  }

  sent(): void {
    // It is not told from others by its id: nobody cancels it.
  }

  received(payload: unknown, more: boolean): void {
    if (more) return;
    const { script } = (payload ?? {}) as { readonly script?: unknown };
    if (typeof script === 'string') this.#resolve(script);
    else this.#reject(new JavascriptdError('the service answered no id of a script'));
  }

  failed(error: JavascriptdError): void {
    if (error instanceof ConnectionLostError && this.#lost < MOST_LOST) {
      this.#lost += 1;
      return this.#outbox.addLater(this, backoffMs(this.#lost));
    }
    if ((error instanceof BusyError || error instanceof ShuttingDownError) && this.#retries > 0) {
      this.#retries -= 1;
      this.#outbox.addLater(this, backoffMs(this.#tried));
      this.#tried += 1;
      return;
    }
    this.#reject(error);
  }
}
