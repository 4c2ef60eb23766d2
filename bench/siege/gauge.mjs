// What the gateway itself uses while it is attacked, its runners not counted.
import { readFileSync, readdirSync } from 'node:fs';

const SAMPLE_MS = 100;
/** Linux tells processor time in ticks of this many milliseconds. */
const TICK_MS = 10;

/** @returns undefined when the process is gone */
function read(pid) {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    const peak = /^VmHWM:\s+(\d+)/m.exec(status)?.[1];
    // A process that has ended and is not yet waited for has no memory.
    if (peak === undefined) return undefined;
    return {
      peakBytes: 1024 * Number(peak),
      cpuMs: TICK_MS * (Number(fields[11]) + Number(fields[12])),
      descriptors: readdirSync(`/proc/${pid}/fd`).length,
    };
  } catch {
    return undefined;
  }
}

export class Gauge {
  #pid;
  #begun;
  #last;
  #descriptors = 0;
  #isAlive = true;
  #timer;

  constructor(pid) {
    this.#pid = pid;
    this.#look();
    this.#begun = this.#last?.cpuMs ?? 0;
    this.#timer = setInterval(() => this.#look(), SAMPLE_MS);
  }

  /** @returns the most memory since its start, the most descriptors, processor time since the gauge was made */
  end() {
    clearInterval(this.#timer);
    this.#look();
    return {
      peakBytes: this.#last?.peakBytes ?? 0,
      cpuMs: (this.#last?.cpuMs ?? 0) - this.#begun,
      descriptors: this.#descriptors,
      isAlive: this.#isAlive,
    };
  }

  #look() {
    const now = read(this.#pid);
    this.#isAlive = now !== undefined;
    if (now === undefined) return;
    this.#last = now;
    this.#descriptors = Math.max(this.#descriptors, now.descriptors);
  }
}
