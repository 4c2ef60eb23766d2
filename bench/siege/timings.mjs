// How long requests took, those included that have no answer yet.
import { quantile } from '../measure/statistics.mjs';

const FAULTS_KEPT = 5;

export class Timings {
  timeouts = 0;
  #times = [];
  #open = new Set();
  #wrong = 0;
  #faults = new Map();

  get underWay() {
    return this.#open.size;
  }

  begin() {
    const one = { begun: performance.now() };
    this.#open.add(one);
    return one;
  }

  /** @param fault what is wrong with the answer; nothing where it is right */
  end(one, fault) {
    this.#open.delete(one);
    this.#times.push(performance.now() - one.begun);
    if (fault !== undefined) this.fault(fault);
  }

  fault(text) {
    this.#wrong += 1;
    const known = this.#faults.get(text) ?? 0;
    if (known > 0 || this.#faults.size < FAULTS_KEPT) this.#faults.set(text.slice(0, 200), known + 1);
  }

  /** Forgets what is over. */
  reset() {
    this.timeouts = 0;
    this.#times = [];
    this.#wrong = 0;
    this.#faults.clear();
  }

  /** Milliseconds; a request that was never answered has taken until now. */
  summary() {
    const now = performance.now();
    const times = [...this.#times, ...[...this.#open].map(({ begun }) => now - begun)];
    return {
      count: times.length,
      p50: quantile(times, 0.5),
      p99: quantile(times, 0.99),
      worst: quantile(times, 1),
      wrong: this.#wrong,
      timeouts: this.timeouts,
      unanswered: this.#open.size,
      faults: Object.fromEntries(this.#faults),
    };
  }
}
