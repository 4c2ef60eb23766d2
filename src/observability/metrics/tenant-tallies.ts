import { Tally } from './tally.js';

/** More words than there are outcomes. */
const MAX_WORDS = 20;

/** Counts by tenant and by one word. Tenants beyond the most are counted together, as `other`. */
export class TenantTallies<Word extends string> {
  readonly #tallies = new Map<string, Tally<Word>>();

  constructor(private readonly maxTenants: number) {}

  add(tenant: string, word: Word): void {
    const name = this.#tallies.has(tenant) || this.#tallies.size < this.maxTenants ? tenant : 'other';
    let tally = this.#tallies.get(name);
    if (tally === undefined) this.#tallies.set(name, (tally = new Tally(MAX_WORDS)));
    tally.add(word);
  }

  /** Each count with its tenant, and its word under the label of this name. */
  *labelled<Label extends string>(
    label: Label,
  ): Iterable<readonly [Partial<Record<Label | 'tenant', string>>, number]> {
    for (const [tenant, tally] of this.#tallies) {
      for (const [word, count] of tally)
        yield [{ tenant, [label]: word } as Partial<Record<Label | 'tenant', string>>, count];
    }
  }
}
