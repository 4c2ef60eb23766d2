import { ConnectionLostError } from '../../../src/client/errors.js';
import { errorOf } from '../../../src/client/reply-errors.js';
import { backoffMs, Retry } from '../../../src/client/retry.js';

const busy = (retryAfterMs?: unknown) => errorOf({ code: 1200, message: 'Busy', data: { retryAfterMs } });
const lost = new ConnectionLostError(1006, '');

describe('Retry', () => {
  it.each([1200, 1202])('retries after %i, as often as configured', (code) => {
    const retry = new Retry(2);
    const waits = [1, 2, 3].map(() => retry.next(errorOf({ code, message: 'x' })));
    expect(waits).toEqual([expect.any(Number), expect.any(Number), undefined]);
  });

  it.each([1000, 1001, 1002, 1003, 1004, 1100, 1101, 1102, 1103, 1104, 1201, 1203, 1999])(
    'never retries after %i',
    (code) => expect(new Retry(9, 9).next(errorOf({ code, message: 'x' }))).toBeUndefined(),
  );

  it('retries after a lost connection only if configured', () => {
    expect(new Retry(9).next(lost)).toBeUndefined();
    const retry = new Retry(0, 1);
    expect([retry.next(lost), retry.next(lost)]).toEqual([expect.any(Number), undefined]);
  });

  it('waits for the longer of retryAfterMs and its backoff', () => {
    expect(new Retry(1).next(busy(5000))).toBe(5000);
    const short = new Retry(1).next(busy(1)) ?? 0;
    expect(short).toBeGreaterThanOrEqual(50);
    expect(short).toBeLessThanOrEqual(100);
  });

  it.each([[1e300], ['5'], [null], [-5]])(
    'ignores an invalid retryAfterMs, and clamps a long one: %j',
    (retryAfterMs) => {
      const wait = new Retry(1).next(busy(retryAfterMs)) ?? 0;
      expect(wait).toBeGreaterThanOrEqual(50);
      expect(wait).toBeLessThan(2 ** 31);
    },
  );
});

describe('backoffMs', () => {
  it.each([
    [0, 50, 100],
    [1, 100, 200],
    [5, 1600, 3200],
    [7, 5000, 10_000],
    [5000, 5000, 10_000],
  ])('returns after %i failed attempts a random delay from %i to %i ms', (failedAttempts, min, max) => {
    const delays = Array.from({ length: 100 }, () => backoffMs(failedAttempts));
    expect(Math.min(...delays)).toBeGreaterThanOrEqual(min);
    expect(Math.max(...delays)).toBeLessThanOrEqual(max);
    expect(new Set(delays).size).toBeGreaterThan(50);
  });
});
