// Microseconds of one run of something short.
import { median } from '../measure/statistics.mjs';

const WARM = 300;

/** The median of batches; `work` may be asynchronous. */
export async function microseconds(work, { batches = 25, each = 100 } = {}) {
  for (let i = 0; i < WARM; i++) await work(i);
  const times = [];
  for (let batch = 0; batch < batches; batch++) {
    const begun = performance.now();
    for (let i = 0; i < each; i++) {
      const pending = work(i);
      if (pending instanceof Promise) await pending;
    }
    times.push(((performance.now() - begun) * 1000) / each);
  }
  return median(times);
}
