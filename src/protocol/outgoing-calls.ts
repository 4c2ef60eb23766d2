import type { JsonText } from '../json-text/index.js';
import { DuplexError } from './errors.js';
import type { Reply } from './message.js';

interface Call {
  readonly resolve: (value: JsonText | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Requests from the service to the client, since the protocol is symmetric. Ids are counted per connection. A reply with
 * an unknown id, or a second reply, is ignored.
 */
export class OutgoingCalls {
  readonly #open = new Map<number, Call>();
  #lastId = 0;
  #closed = false;

  /** Settles the call of a final reply; partial replies (`more`) are ignored. */
  settle({ id, payload, error, more }: Reply): void {
    const call = typeof id === 'number' ? this.#open.get(id) : undefined;
    if (call === undefined || more) return;
    if (error === undefined || error === null) call.resolve(payload?.compact());
    else call.reject(errorFrom(error));
  }

  /**
   * Starts a call.
   * @param send called with the id of the call
   * @param abandoned aborted when the result is no longer needed: the call is then forgotten
   * @throws DuplexError from the client; Error if the client disconnected or the call was abandoned; errors of `send`
   */
  begin(send: (id: number) => void, abandoned?: AbortSignal): Promise<JsonText | undefined> {
    if (this.#closed) return Promise.reject(new Error('the client disconnected'));
    if (abandoned?.aborted === true) return Promise.reject(abandonedError());
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      const over = (): void => {
        this.#open.delete(id);
        abandoned?.removeEventListener('abort', abandon);
      };
      const call: Call = {
        resolve: (value) => {
          over();
          resolve(value);
        },
        reject: (error) => {
          over();
          reject(error);
        },
      };
      const abandon = (): void => call.reject(abandonedError());
      this.#open.set(id, call);
      abandoned?.addEventListener('abort', abandon);
      try {
        send(id);
      } catch (error) {
        call.reject(error);
      }
    });
  }

  close(): void {
    this.#closed = true;
    for (const { reject } of this.#open.values()) reject(new Error('the client disconnected'));
  }
}

function abandonedError(): Error {
  return new Error('the call was abandoned');
}

/** Converts the error of a client; parts of a wrong type are dropped. */
function errorFrom(error: unknown): DuplexError {
  const { code, message, data } = (typeof error === 'object' && error !== null ? error : {}) as {
    readonly code?: unknown;
    readonly message?: unknown;
    readonly data?: unknown;
  };
  return new DuplexError(
    typeof code === 'number' ? code : 0,
    typeof message === 'string' ? message : 'the client answered with an error',
    data,
  );
}
