/** Counts by one word. Words beyond the most are counted together, as `other`: labels of metrics must not grow without bound. */
export class Tally<Word extends string | number> implements Iterable<readonly [string, number]> {
  readonly #counts = new Map<Word, number>();
  #others = 0;

  constructor(private readonly most: number) {}

  add(word: Word, amount = 1): void {
    const count = this.#counts.get(word);
    if (count === undefined && this.#counts.size >= this.most) this.#others += amount;
    else this.#counts.set(word, (count ?? 0) + amount);
  }

  *[Symbol.iterator](): Iterator<readonly [string, number]> {
    for (const [word, count] of this.#counts) yield [String(word), count];
    if (this.#others > 0) yield ['other', this.#others];
  }
}
