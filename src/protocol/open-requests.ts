import type { Channel } from './channel.js';
import type { RequestId } from './message.js';

/** The requests of one connection without a final reply. A client may use one id for several requests at once. */
export class OpenRequests {
  /** By id; a notification has no id and is its own key. */
  readonly #channels = new Map<RequestId | Channel, Set<Channel>>();

  add(channel: Channel): void {
    const key = channel.id ?? channel;
    const sameId = this.#channels.get(key);
    if (sameId === undefined) this.#channels.set(key, new Set([channel]));
    else sameId.add(channel);
    channel.onSettled(() => this.#delete(key, channel));
  }

  /**
   * Cancels every request with this id and one of these methods.
   * @returns whether there was one
   */
  cancel(id: RequestId, methods: ReadonlySet<string>): boolean {
    const named = [...(this.#channels.get(id) ?? [])].filter(({ method }) => methods.has(method));
    for (const channel of named) channel.cancel();
    return named.length > 0;
  }

  /** Aborts every request because the connection closed. */
  abandon(): void {
    for (const sameId of this.#channels.values()) for (const channel of sameId) channel.abandon();
  }

  #delete(key: RequestId | Channel, channel: Channel): void {
    const sameId = this.#channels.get(key);
    sameId?.delete(channel);
    if (sameId?.size === 0) this.#channels.delete(key);
  }
}
