interface Entry<Item> {
  readonly item: Item;
  readonly size: number;
}

/**
 * What comes one after another, for `for await`. Items wait here until they are taken, each is taken once, and a
 * loop that is left early leaves the rest.
 */
export class Feed<Item> implements AsyncIterable<Item, undefined> {
  readonly #onTaken: () => void;
  #entries: Entry<Item>[] = [];
  #taken = 0;
  #held = 0;
  /** Loops that have begun and were not left. */
  #loops = 0;
  #ended = false;
  #error: unknown;
  #wake: (() => void)[] = [];

  /** @param onTaken called after each item that a loop took */
  constructor(onTaken: () => void = () => undefined) {
    this.#onTaken = onTaken;
  }

  /** Sum of the sizes of the items that wait. */
  get held(): number {
    return this.#held;
  }

  /** The same, where a loop is there to take them. */
  get awaited(): number {
    return this.#loops > 0 ? this.#held : 0;
  }

  push(item: Item, size = 0): void {
    this.#entries.push({ item, size });
    this.#held += size;
    this.#wakeAll();
  }

  /** Loops end once all is taken; with an error, one of them throws it. */
  end(error?: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#wakeAll();
  }

  /** Forgets what was not taken. */
  drop(): void {
    this.#entries = [];
    this.#taken = 0;
    this.#held = 0;
  }

  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    let state: 'new' | 'begun' | 'left' = 'new';
    const leave = (): void => {
      if (state === 'begun') this.#loops -= 1;
      state = 'left';
      this.#onTaken();
    };
    return {
      next: () => {
        if (state === 'new') {
          state = 'begun';
          this.#loops += 1;
        }
        return this.#next();
      },
      return: () => {
        leave();
        return Promise.resolve({ done: true, value: undefined });
      },
    };
  }

  async #next(): Promise<IteratorResult<Item, undefined>> {
    for (;;) {
      const entry = this.#shift();
      if (entry !== undefined) {
        this.#onTaken();
        return { done: false, value: entry.item };
      }
      if (this.#ended) {
        const error = this.#error;
        this.#error = undefined;
        if (error !== undefined) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  #shift(): Entry<Item> | undefined {
    const entry = this.#entries[this.#taken];
    if (entry === undefined) return undefined;
    this.#taken += 1;
    this.#held -= entry.size;
    if (this.#taken === this.#entries.length || this.#taken === 1024) {
      this.#entries = this.#entries.slice(this.#taken);
      this.#taken = 0;
    }
    return entry;
  }

  #wakeAll(): void {
    const woken = this.#wake;
    this.#wake = [];
    for (const wake of woken) wake();
  }
}
