import { LabelCounter } from './label-counter.js';

/** More than the number of outcomes. */
const MAX_VALUES = 20;

/** Counters by tenant and one more label. Tenants beyond `maxTenants` are counted together, as `other`. */
export class TenantCounters<Value extends string> {
  readonly #counters = new Map<string, LabelCounter<Value>>();

  constructor(private readonly maxTenants: number) {}

  add(tenant: string, value: Value): void {
    const name = this.#counters.has(tenant) || this.#counters.size < this.maxTenants ? tenant : 'other';
    let counter = this.#counters.get(name);
    if (counter === undefined) this.#counters.set(name, (counter = new LabelCounter(MAX_VALUES)));
    counter.add(value);
  }

  /** Each count with its labels: the tenant, and the value under the given label name. */
  *labelled<Label extends string>(
    label: Label,
  ): Iterable<readonly [Partial<Record<Label | 'tenant', string>>, number]> {
    for (const [tenant, counter] of this.#counters) {
      for (const [value, count] of counter)
        yield [{ tenant, [label]: value } as Partial<Record<Label | 'tenant', string>>, count];
    }
  }
}
