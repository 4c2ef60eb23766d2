/**
 * What comes one after another, for `for await`. Items wait here until they are taken, each is taken once, and a
 * loop that is left early leaves the rest.
 */
export class Feed<Item> implements AsyncIterable<Item, undefined> {
  #items: Item[] = [];
  #taken = 0;
  #ended = false;
  #error: unknown;
  #wake: (() => void)[] = [];

  push(item: Item): void {
    this.#items.push(item);
    this.#wakeAll();
  }

  /** Loops end once all is taken; with an error, one of them throws it. */
  end(error?: unknown): void {
    this.#ended = true;
    this.#error = error;
    this.#wakeAll();
  }

  [Symbol.asyncIterator](): AsyncIterator<Item, undefined> {
    return { next: () => this.#next() };
  }

  async #next(): Promise<IteratorResult<Item, undefined>> {
    while (this.#taken === this.#items.length) {
      if (this.#ended) {
        const error = this.#error;
        this.#error = undefined;
        if (error !== undefined) throw error;
        return { done: true, value: undefined };
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
    const value = this.#items[this.#taken] as Item;
    this.#taken += 1;
    if (this.#taken === this.#items.length || this.#taken === 1024) {
      this.#items = this.#items.slice(this.#taken);
      this.#taken = 0;
    }
    return { done: false, value };
  }

  #wakeAll(): void {
    const woken = this.#wake;
    this.#wake = [];
    for (const wake of woken) wake();
  }
}
