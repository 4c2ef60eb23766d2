import { backoffMs } from '../../../src/client/backoff.js';

describe('backoffMs', () => {
  it.each([
    [0, 50, 100],
    [1, 100, 200],
    [5, 1600, 3200],
    [7, 5000, 10_000],
    [5000, 5000, 10_000],
  ])('after %i failures waits between %i and %i ms, and not always as long', (failed, least, most) => {
    const waits = Array.from({ length: 100 }, () => backoffMs(failed));
    expect(Math.min(...waits)).toBeGreaterThanOrEqual(least);
    expect(Math.max(...waits)).toBeLessThanOrEqual(most);
    expect(new Set(waits).size).toBeGreaterThan(50);
  });
});
