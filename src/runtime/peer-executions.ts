/** The executions of one client that are under way, by the ids of its requests: to be cancelled by it, or with it. */
export class PeerExecutions {
  readonly #running = new Map<unknown, { readonly controller: AbortController; readonly keeps: boolean }>();

  /** @param closed aborted when the client is gone */
  constructor(private readonly closed: AbortSignal) {
    closed.addEventListener('abort', () => {
      for (const { controller, keeps } of this.#running.values()) if (!keeps) controller.abort();
    });
  }

  /**
   * @param id `undefined` for one that nobody can name
   * @param keeps whether it goes on when the client is gone
   * @returns what ends it; to be given to {@link end}
   */
  begin(id: unknown, keeps: boolean): AbortController {
    const controller = new AbortController();
    this.#running.set(id ?? controller, { controller, keeps });
    if (this.closed.aborted && !keeps) controller.abort();
    return controller;
  }

  end(id: unknown, controller: AbortController): void {
    const key = id ?? controller;
    // A client may use an id again while its first request runs.
    if (this.#running.get(key)?.controller === controller) this.#running.delete(key);
  }

  /** @returns whether there was one */
  cancel(id: unknown): boolean {
    const running = this.#running.get(id);
    running?.controller.abort();
    return running !== undefined;
  }
}
