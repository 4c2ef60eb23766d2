import type { JsonText } from '../json-text/index.js';
import { DuplexError } from './errors.js';
import type { Reply } from './message.js';

interface Call {
  readonly resolve: (value: JsonText | undefined) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Requests of ours to the client: the protocol is symmetric. Their ids are our own, counted for each connection;
 * a reply to none of them is ignored, and so is a second one.
 */
export class Calls {
  readonly #open = new Map<number, Call>();
  #lastId = 0;
  #closed = false;

  /** Only a final reply counts: one with `more` is a part of it. */
  settle({ id, payload, error, more }: Reply): void {
    const call = typeof id === 'number' ? this.#open.get(id) : undefined;
    if (call === undefined || more) return;
    if (error === undefined || error === null) call.resolve(payload?.compact());
    else call.reject(errorFrom(error));
  }

  /**
   * @param send gets the id under which the reply will come
   * @param abandoned aborted when nobody waits for the reply any more: it is then forgotten, as if it had come
   * @throws DuplexError as the client answers it; Error when the client is gone, or nobody waits; what `send` throws
   */
  begin(send: (id: number) => void, abandoned?: AbortSignal): Promise<JsonText | undefined> {
    if (this.#closed) return Promise.reject(new Error('the client is gone'));
    if (abandoned?.aborted === true) return Promise.reject(nobodyWaits());
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
      const abandon = (): void => call.reject(nobodyWaits());
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
    for (const { reject } of this.#open.values()) reject(new Error('the client is gone'));
  }
}

function nobodyWaits(): Error {
  return new Error('nobody waits for the reply');
}

/** Clients of any language send errors; what is not of its type is left out. */
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
