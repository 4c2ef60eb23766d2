import type { JsonText } from '../json-text/index.js';
import { DuplexError } from './errors.js';
import type { Reply } from './message.js';

interface Call {
  readonly resolve: (value: JsonText | undefined) => void;
  readonly reject: (error: Error) => void;
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
    this.#open.delete(id as number);
    if (error === undefined || error === null) call.resolve(payload);
    else call.reject(errorFrom(error));
  }

  /**
   * @param send gets the id under which the reply will come
   * @param abandoned aborted when nobody waits for the reply any more: it is then forgotten, as if it had come
   * @throws DuplexError as the client answers it; Error when the client is gone, or nobody waits
   */
  begin(send: (id: number) => void, abandoned?: AbortSignal): Promise<JsonText | undefined> {
    if (this.#closed) return Promise.reject(new Error('the client is gone'));
    const id = ++this.#lastId;
    return new Promise((resolve, reject) => {
      this.#open.set(id, { resolve, reject });
      abandoned?.addEventListener('abort', () => {
        if (this.#open.delete(id)) reject(new Error('nobody waits for the reply'));
      });
      send(id);
    });
  }

  close(): void {
    this.#closed = true;
    for (const { reject } of this.#open.values()) reject(new Error('the client is gone'));
    this.#open.clear();
  }
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
