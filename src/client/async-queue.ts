interface Entry<Item> {
  readonly item: Item;
  readonly size: number;
}

/**
 * A queue that is read with `for await`. Each item is delivered once. A loop that stops early leaves the remaining
 * items to the next loop.
 */
export class AsyncQueue<Item> implements AsyncIterable<Item, undefined> {
  readonly #onRead: () => void;
  #entries: Entry<Item>[] = [];
  /** Entries at the front of `#entries` that were already read. */
  #readCount = 0;
  #buffered = 0;
  /** Loops that have started and not stopped. */
  #activeLoops = 0;
  #ended = false;
  #error: unknown;
  #waiting: (() => void)[] = [];

  /** @param onRead called after a loop reads an item, and when a loop stops */
  constructor(onRead: () => void = () => undefined) {
    this.#onRead = onRead;
  }

  /** Total size of the unread items. */
  get buffered(): number {
    return this.#buffered;
  }

  /** Total size of the unread items if a loop is active; otherwise 0. */
  get bufferedForLoops(): number {
    return this.#activeLoops > 0 ? this.#buffered : 0;
  }

  push(item: Item, size = 0): void {
    this.#entries.push({ item, size });
    this.#buffered += size;
    this.#wakeAll();
  }

  /** Loops end after the last unread item. If there is an error, one loop throws it. */
  end(error?: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#wakeAll();
  }

  /** Discards the unread items. */
  clear(): void {
    this.#entries = [];
    this.#readCount = 0;
    this.#buffered = 0;
  }

  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    let state: 'new' | 'active' | 'stopped' = 'new';
    const stop = (): void => {
      if (state === 'active') this.#activeLoops -= 1;
      state = 'stopped';
      this.#onRead();
    };
    return {
      next: () => {
        if (state === 'new') {
          state = 'active';
          this.#activeLoops += 1;
        }
        return this.#next();
      },
      return: () => {
        stop();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  async #next(): Promise<IteratorResult<Item, undefined>> {
    for (;;) {
      const entry = this.#shift();
      if (entry !== undefined) {
        this.#onRead();
        return { done: false, value: entry.item };
      }
      if (this.#ended) {
        const error = this.#error;
        this.#error = undefined;
        if (error !== undefined) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #shift(): Entry<Item> | undefined {
    const entry = this.#entries[this.#readCount];
    if (entry === undefined) return undefined;
    this.#readCount += 1;
    this.#buffered -= entry.size;
    if (this.#readCount === this.#entries.length || this.#readCount === 1024) {
      this.#entries = this.#entries.slice(this.#readCount);
      this.#readCount = 0;
    }
    return entry;
  }

  #wakeAll(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const wake of waiting) wake();
  }
}
