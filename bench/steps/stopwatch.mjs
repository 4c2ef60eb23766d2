// Microseconds of one run of something short.
import { median } from '../measure/statistics.mjs';

/** Of processor time: V8 has optimized what is hot by then. */
const WARM_CPU_MS = 600;
/** What waits for another process uses little of it. */
const WARM_MOST_MS = 4000;

const cpuMs = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

async function many(work, count) {
  for (let i = 0; i < count; i++) {
    const pending = work();
    if (pending instanceof Promise) await pending;
  }
}

/** The median of batches; `work` may be asynchronous. */
export async function microseconds(work, { batches = 25, each = 200 } = {}) {
  const cpuBefore = cpuMs();
  const begun = performance.now();
  while (cpuMs() - cpuBefore < WARM_CPU_MS && performance.now() - begun < WARM_MOST_MS)
    await many(work, each);
  const times = [];
  for (let batch = 0; batch < batches; batch++) {
    const before = performance.now();
    await many(work, each);
    times.push(((performance.now() - before) * 1000) / each);
  }
  return median(times);
}
