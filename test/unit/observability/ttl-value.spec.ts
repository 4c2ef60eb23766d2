import { jest } from '@jest/globals';
import { TtlValue } from '../../../src/observability/ttl-value.js';

describe('TtlValue', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => jest.useRealTimers());

  it('computes once for all who ask within its time, also before it is computed', async () => {
    let computed = 0;
    const shared = new TtlValue(1000, async () => `text ${(computed += 1)}`);
    const together = await Promise.all([shared.get(), shared.get()]);
    jest.advanceTimersByTime(999);
    expect([...together, await shared.get()]).toEqual(['text 1', 'text 1', 'text 1']);
    jest.advanceTimersByTime(1);
    expect(await shared.get()).toBe('text 2');
    expect(computed).toBe(2);
  });

  it('tries again at once after it has failed', async () => {
    let fails = true;
    const shared = new TtlValue(1000, () =>
      fails ? Promise.reject(new Error('no')) : Promise.resolve('yes'),
    );
    await expect(shared.get()).rejects.toThrow('no');
    fails = false;
    expect(await shared.get()).toBe('yes');
  });
});
