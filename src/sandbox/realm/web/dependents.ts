const Weak = WeakRef;

/** Most dead references that may be kept. */
const MIN_SWEEP = 32;

/**
 * The signals that abort with another one. They are held weakly, as a long-lived source would keep them all; one with a
 * listener is held for as long as it has one, since somebody waits for it.
 */
export class Dependents<Signal extends object> {
  readonly #references = new Set<WeakRef<Signal>>();
  readonly #heard = new Set<Signal>();
  readonly #referenceOf = new WeakMap<Signal, WeakRef<Signal>>();
  #sweepAt = MIN_SWEEP;

  add(signal: Signal): void {
    if (this.#referenceOf.has(signal)) return;
    const reference = new Weak(signal);
    this.#referenceOf.set(signal, reference);
    this.#references.add(reference);
    if (this.#references.size >= this.#sweepAt) this.#sweep();
  }

  /** Whether the signal has a listener. */
  hold(signal: Signal, isHeard: boolean): void {
    if (isHeard) this.#heard.add(signal);
    else this.#heard.delete(signal);
  }

  delete(signal: Signal): void {
    this.#heard.delete(signal);
    const reference = this.#referenceOf.get(signal);
    if (reference !== undefined) this.#references.delete(reference);
    this.#referenceOf.delete(signal);
  }

  /** In the order in which they were added; none is left. */
  takeAll(): Signal[] {
    const signals = [...this.#references].flatMap((reference) => reference.deref() ?? []);
    this.#references.clear();
    this.#heard.clear();
    return signals;
  }

  /** The dead are forgotten whenever their number may have doubled: a constant cost for each that is added. */
  #sweep(): void {
    for (const reference of this.#references) {
      if (reference.deref() === undefined) this.#references.delete(reference);
    }
    this.#sweepAt = Math.max(MIN_SWEEP, 2 * this.#references.size);
  }
}
