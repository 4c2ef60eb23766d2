/** A value that is costly to compute, and is given to all who ask for it within some time. */
export class Shared<T> {
  #last: { readonly at: number; readonly value: Promise<T> } | undefined;

  /**
   * @param ageMs oldest value that is given again
   * @param compute called again after it has failed
   */
  constructor(
    private readonly ageMs: number,
    private readonly compute: () => Promise<T>,
  ) {}

  get(): Promise<T> {
    const at = performance.now();
    if (this.#last !== undefined && at - this.#last.at < this.ageMs) return this.#last.value;
    const value = this.compute();
    const last = { at, value };
    this.#last = last;
    value.catch(() => {
      if (this.#last === last) this.#last = undefined;
    });
    return value;
  }
}
