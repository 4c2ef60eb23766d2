import { TokenBucket } from '../../../src/runtime/token-bucket.js';

const RATE = { perSecond: 10, burst: 3 };

describe('a token bucket', () => {
  it('gives the burst at once, and then as many as come in', () => {
    const bucket = new TokenBucket(RATE, 0);
    expect([0, 0, 0, 0].map((now) => bucket.take(RATE, now))).toEqual([0, 0, 0, 100]);
    expect(bucket.take(RATE, 60)).toBe(40);
    expect(bucket.take(RATE, 100)).toBe(0);
    expect(bucket.take(RATE, 100)).toBe(100);
  });

  it('lets one in who comes when it was told to', () => {
    const rate = { perSecond: 3, burst: 1 };
    const bucket = new TokenBucket(rate, 0);
    let now = 0;
    for (let i = 0; i < 100; i++) {
      expect(bucket.take(rate, now)).toBe(0);
      now += bucket.take(rate, now);
    }
  });

  it('holds at most the burst, however long it was idle', () => {
    const bucket = new TokenBucket(RATE, 0);
    expect([1, 1, 1, 1].map(() => bucket.take(RATE, 1e9))).toEqual([0, 0, 0, 100]);
    expect(bucket.fullAt(RATE)).toBe(1e9 + 300);
  });

  it('goes by the rate that holds now', () => {
    const bucket = new TokenBucket(RATE, 0);
    const slow = { perSecond: 0.5, burst: 1 };
    expect(bucket.take(slow, 0)).toBe(0);
    expect(bucket.take(slow, 0)).toBe(2000);
    expect(bucket.take({ perSecond: 1000, burst: 1 }, 1)).toBe(0);
  });
});
