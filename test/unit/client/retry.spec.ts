import { ConnectionLostError } from '../../../src/client/errors.js';
import { errorOf } from '../../../src/client/reply-errors.js';
import { Retry } from '../../../src/client/retry.js';

const busy = (retryAfterMs?: unknown) => errorOf({ code: 1200, message: 'Busy', data: { retryAfterMs } });
const lost = new ConnectionLostError(1006, '');

describe('Retry', () => {
  it.each([1200, 1202])('asks again after %i, as often as it is told', (code) => {
    const retry = new Retry(2);
    const waits = [1, 2, 3].map(() => retry.next(errorOf({ code, message: 'x' })));
    expect(waits).toEqual([expect.any(Number), expect.any(Number), undefined]);
  });

  it.each([1000, 1001, 1002, 1003, 1004, 1100, 1101, 1102, 1103, 1104, 1201, 1203, 1999])(
    'never asks again after %i',
    (code) => expect(new Retry(9, 9).next(errorOf({ code, message: 'x' }))).toBeUndefined(),
  );

  it('asks again after a lost connection only where it is told that nothing runs', () => {
    expect(new Retry(9).next(lost)).toBeUndefined();
    const retry = new Retry(0, 1);
    expect([retry.next(lost), retry.next(lost)]).toEqual([expect.any(Number), undefined]);
  });

  it('waits as long as the service says, or for the backoff if that is longer', () => {
    expect(new Retry(1).next(busy(5000))).toBe(5000);
    const short = new Retry(1).next(busy(1)) ?? 0;
    expect(short).toBeGreaterThanOrEqual(50);
    expect(short).toBeLessThanOrEqual(100);
  });

  it.each([[1e300], ['5'], [null], [-5]])('takes no wait that a timer cannot: %j', (told) => {
    const wait = new Retry(1).next(busy(told)) ?? 0;
    expect(wait).toBeGreaterThanOrEqual(50);
    expect(wait).toBeLessThan(2 ** 31);
  });
});
