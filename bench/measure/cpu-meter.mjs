// Processor time of a process tree between two moments.
import { treeOf } from './process-tree.mjs';

/** With samples so far apart, a process that ends between two of them loses that much at most. */
const SAMPLE_MS = 50;

export class CpuMeter {
  #root;
  #last;
  #begun;
  #rootBegun;
  #lost = 0;
  #timer;

  /** @param shortLived whether processes come and go: then it looks often */
  constructor(root, shortLived = false) {
    this.#root = root;
    this.#last = treeOf(root);
    this.#begun = this.#sum();
    this.#rootBegun = this.#ownOfRoot();
    if (shortLived) this.#timer = setInterval(() => this.#look(), SAMPLE_MS);
  }

  /** Milliseconds since it was made. */
  end() {
    clearInterval(this.#timer);
    this.#look();
    return this.#sum() + this.#lost - this.#begun;
  }

  /** Milliseconds of the root alone, without its descendants, up to {@link end}. */
  get rootMs() {
    return this.#ownOfRoot() - this.#rootBegun;
  }

  #ownOfRoot() {
    return this.#last[0]?.ownMs ?? 0;
  }

  #sum() {
    return this.#last.reduce((sum, { cpuMs }) => sum + cpuMs, 0);
  }

  /** A parent takes over the time of a child that ends, unless it ends with it, as what is around a runner does. */
  #look() {
    const now = treeOf(this.#root);
    const alive = new Set(now.map(({ pid }) => pid));
    for (const { pid, parent, cpuMs } of this.#last)
      if (!alive.has(pid) && !alive.has(parent)) this.#lost += cpuMs;
    this.#last = now;
  }
}
