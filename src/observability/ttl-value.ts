/** A cached value with a time to live; concurrent readers share one computation. */
export class TtlValue<T> {
  #last: { readonly at: number; readonly value: Promise<T> } | undefined;

  /**
   * @param ttlMs how long a value is reused, in milliseconds
   * @param compute called again after a failure
   */
  constructor(
    private readonly ttlMs: number,
    private readonly compute: () => Promise<T>,
  ) {}

  get(): Promise<T> {
    const at = performance.now();
    if (this.#last !== undefined && at - this.#last.at < this.ttlMs) return this.#last.value;
    const value = this.compute();
    const last = { at, value };
    this.#last = last;
    value.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return value;
  }
}
