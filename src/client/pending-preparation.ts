import { JavascriptdError } from './errors.js';
import type { QueuedRequest, RequestQueue } from './request-queue.js';
import { Retry } from './retry.js';

/** Retries after a lost connection. They are safe, because preparing a script does not run it. */
const MAX_LOST_CONNECTIONS = 3;

/** One `runtime.prepare` request, from the call to its final reply. */
export class PendingPreparation implements QueuedRequest {
  readonly method = 'runtime.prepare';
  readonly payload: string;
  /** Resolves with the id of the prepared script. */
  readonly scriptId: Promise<string>;
  readonly #queue: RequestQueue;
  #resolve: (scriptId: string) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  readonly #retry: Retry;

  /** @param payload JSON text with the script's code, language and caller */
  constructor(queue: RequestQueue, payload: string, retry: number) {
    this.#queue = queue;
    this.#retry = new Retry(retry, MAX_LOST_CONNECTIONS);
    this.payload = payload;
    this.scriptId = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    queue.add(this);
  }

  sent(): void {
    // The request id is only needed to cancel, and a preparation cannot be cancelled.
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
    else this.#queue.addLater(this, waitMs);
  }
}
