// Microseconds of one run of something short.
import { median } from '../measure/statistics.mjs';

/** V8 has optimized what is hot by then. */
const WARM_MS = 400;

/** The median of batches; `work` may be asynchronous. */
export async function microseconds(work, { batches = 25, each = 200 } = {}) {
  const warm = performance.now() + WARM_MS;
  while (performance.now() < warm) await work();
  const times = [];
  for (let batch = 0; batch < batches; batch++) {
    const begun = performance.now();
    for (let i = 0; i < each; i++) {
      const pending = work();
      if (pending instanceof Promise) await pending;
    }
    times.push(((performance.now() - begun) * 1000) / each);
  }
  return median(times);
}
