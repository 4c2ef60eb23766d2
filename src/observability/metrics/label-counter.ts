/** Counters by the values of one label. Values beyond `max` are counted together, as `other`: label values must stay bounded. */
export class LabelCounter<Value extends string | number> implements Iterable<readonly [string, number]> {
  readonly #counts = new Map<Value, number>();
  #others = 0;

  constructor(private readonly max: number) {}

  add(value: Value, amount = 1): void {
    const count = this.#counts.get(value);
    if (count === undefined && this.#counts.size >= this.max) this.#others += amount;
    else this.#counts.set(value, (count ?? 0) + amount);
  }

  *[Symbol.iterator](): Iterator<readonly [string, number]> {
    for (const [value, count] of this.#counts) yield [String(value), count];
    if (this.#others > 0) yield ['other', this.#others];
  }
}
