const INTERVAL_MS = 250;
/** Of the samples: those before are the warm-up, and the two windows are compared. */
const EARLY = [0.3, 0.5];
const LATE = [0.8, 1];
/** V8 lets a heap of some MiB grow and shrink by its own rules. */
const MEMORY_SHARE = 1.25;
const MEMORY_SLACK_BYTES = 48 * 1024 * 1024;
/** Runner processes have two each; how many there are follows the load. */
const DESCRIPTOR_SLACK = 24;

/** Memory and descriptors of the gateway over time. */
export class Gauge {
  #samples = [];
  #timer;

  constructor(gateway) {
    this.gateway = gateway;
  }

  start() {
    this.#timer = setInterval(() => {
      const { memory, descriptors } = this.gateway;
      this.#samples.push({ memory, descriptors, runners: this.gateway.runners().length });
    }, INTERVAL_MS);
  }

  stop() {
    clearInterval(this.#timer);
  }

  report() {
    const of = (name) => ({
      early: this.#median(name, EARLY),
      late: this.#median(name, LATE),
      most: this.#samples.reduce((most, sample) => Math.max(most, sample[name]), 0),
    });
    return { memory: of('memory'), descriptors: of('descriptors'), runners: of('runners') };
  }

  /** What has grown. */
  problems() {
    const { memory, descriptors } = this.report();
    const found = [];
    if (memory.late > memory.early * MEMORY_SHARE + MEMORY_SLACK_BYTES) {
      found.push(`memory grew from ${memory.early} to ${memory.late} bytes`);
    }
    if (descriptors.late > descriptors.early + DESCRIPTOR_SLACK) {
      found.push(`descriptors grew from ${descriptors.early} to ${descriptors.late}`);
    }
    return found;
  }

  #median(name, [from, to]) {
    const { length } = this.#samples;
    const window = this.#samples.slice(Math.floor(from * length), Math.ceil(to * length));
    const sorted = window.map((sample) => sample[name]).toSorted((a, b) => a - b);
    return sorted[Math.floor(sorted.length / 2)] ?? 0;
  }
}
