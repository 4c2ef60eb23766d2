/** The paths of health probes. Whoever asks for them restarts a service that answers late. */
const PROBE = /^\/(?:livez|readyz)(?:$|[ ?])/;

/** Whether a request is a health probe. @param path of its request line, with or without what follows */
export function isProbe(path: string): boolean {
  return PROBE.test(path);
}

/**
 * A queue of connections, each at most once, with a lane for probes. The lanes are served alternately: a flood of
 * connections does not delay a probe by its length, and a flood of probes takes at most half of the turns.
 */
export class TurnQueue<T> {
  readonly #lanes = { probes: new Set<T>(), others: new Set<T>() };
  #next: 'probes' | 'others' = 'probes';

  get size(): number {
    return this.#lanes.probes.size + this.#lanes.others.size;
  }

  add(item: T, isOfProbe: boolean): void {
    this.#lanes[isOfProbe ? 'others' : 'probes'].delete(item);
    this.#lanes[isOfProbe ? 'probes' : 'others'].add(item);
  }

  /** Takes the item whose turn it is. */
  take(): T | undefined {
    const other = this.#next === 'probes' ? 'others' : 'probes';
    const lane = this.#lanes[this.#lanes[this.#next].size > 0 ? this.#next : other];
    this.#next = other;
    for (const item of lane) {
      lane.delete(item);
      return item;
    }
    return undefined;
  }
}
