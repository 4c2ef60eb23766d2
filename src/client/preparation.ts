import { JavascriptdError } from './errors.js';
import type { Outbox, Request } from './outbox.js';
import { Retry } from './retry.js';

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
  readonly #retry: Retry;

  /** @param payload JSON text of the script's code, language and caller */
  constructor(outbox: Outbox, payload: string, retry: number) {
    this.#outbox = outbox;
    this.#retry = new Retry(retry, MOST_LOST);
    this.payload = payload;
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
    else this.#reject(new JavascriptdError('malformed reply from the service: expected the id of a script'));
  }

  failed(error: JavascriptdError): void {
    const waitMs = this.#retry.next(error);
    if (waitMs === undefined) this.#reject(error);
    else this.#outbox.addLater(this, waitMs);
  }
}
