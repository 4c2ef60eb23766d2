const Weak = WeakRef;

/** The number of references at which dead ones are first removed. */
const MIN_SWEEP = 32;

/**
 * The signals that abort together with another one. References to them are weak, since a long-lived source would keep them
 * all alive. A signal that has a listener is kept alive for as long as it has one.
 */
export class Dependents<Signal extends object> {
  readonly #references = new Set<WeakRef<Signal>>();
  readonly #listenedTo = new Set<Signal>();
  readonly #referenceOf = new WeakMap<Signal, WeakRef<Signal>>();
  #sweepAt = MIN_SWEEP;

  add(signal: Signal): void {
    if (this.#referenceOf.has(signal)) return;
    const reference = new Weak(signal);
    this.#referenceOf.set(signal, reference);
    this.#references.add(reference);
    if (this.#references.size >= this.#sweepAt) this.#sweep();
  }

  /** Keeps a signal alive while it has a listener. */
  hold(signal: Signal, hasListener: boolean): void {
    if (hasListener) this.#listenedTo.add(signal);
    else this.#listenedTo.delete(signal);
  }

  delete(signal: Signal): void {
    this.#listenedTo.delete(signal);
    const reference = this.#referenceOf.get(signal);
    if (reference !== undefined) this.#references.delete(reference);
    this.#referenceOf.delete(signal);
  }

  /** Removes all signals, and returns them in the order in which they were added. */
  takeAll(): Signal[] {
    const signals = [...this.#references].flatMap((reference) => reference.deref() ?? []);
    this.#references.clear();
    this.#listenedTo.clear();
    return signals;
  }

  /** Removes dead references whenever the number may have doubled, so that adding one costs a constant time. */
  #sweep(): void {
    for (const reference of this.#references) {
      if (reference.deref() === undefined) this.#references.delete(reference);
    }
    this.#sweepAt = Math.max(MIN_SWEEP, 2 * this.#references.size);
  }
}
