import { retryAfterMsOf, TenantRates } from '../../../src/runtime/tenant-rates.js';
import { FakeClock } from '../../support/fake-clock.js';

const RATE = { perSecond: 2, burst: 1 };

describe('the rate of a tenant', () => {
  it('refuses with the time to wait, and lets in who waits for so long', async () => {
    const clock = new FakeClock();
    const rates = new TenantRates(clock);
    const take = (tenant: string): number | undefined => {
      try {
        rates.take(tenant, RATE);
        return 0;
      } catch (error) {
        return retryAfterMsOf(error);
      }
    };
    expect([take('a'), take('a'), take('b')]).toEqual([0, 500, 0]);
    await clock.advance(250);
    expect(take('a')).toBe(250);
    await clock.advance(250);
    expect(take('a')).toBe(0);
  });
});
