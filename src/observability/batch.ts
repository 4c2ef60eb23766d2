/** Maximum wait of an item, in milliseconds. */
const DELAY_MS = 50;

/** Collects items and hands them over in batches, which costs less than one by one. The rest is flushed at process exit. */
export class Batch<T> {
  #items: T[] = [];
  #timer: NodeJS.Timeout | undefined;

  /** @param take called with at most `max` items; never throws */
  constructor(
    private readonly max: number,
    private readonly take: (items: readonly T[]) => void,
  ) {
    // Before existing listeners, since the batch may go to one of them.
    process.prependListener('exit', () => this.flush());
  }

  add(item: T): void {
    if (this.#items.push(item) >= this.max) this.flush();
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
