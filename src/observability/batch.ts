/** Longest wait of an item. */
const DELAY_MS = 50;

/**
 * Collects items for a moment, and for no longer than the process lives, to do with many at once what would cost
 * several times as much for each by itself, between other work.
 */
export class Batch<T> {
  #items: T[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param take never throws; called with `most` items at most */
  constructor(
    private readonly most: number,
    private readonly take: (items: readonly T[]) => void,
  ) {
    // Before whoever listens already: what is taken from here may go there.
    process.prependListener('exit', () => this.flush());
  }

  add(item: T): void {
    if (this.#items.push(item) >= this.most) this.flush();
    else this.#timer ??= setTimeout(() => this.flush(), DELAY_MS).unref();
  }

  flush(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    if (this.#items.length === 0) return;
    const items = this.#items;
    this.#items = [];
    this.take(items);
  }
}
