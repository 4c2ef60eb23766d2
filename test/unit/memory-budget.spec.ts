import fc from 'fast-check';
import { MemoryBudget } from '../../src/memory-budget/index.js';

const TOTAL = 2 ** 20;

describe('the memory budget', () => {
  it('has the right sums, and lets no account have more than what it leaves free, whatever is taken and released', () => {
    const step = fc.record({
      account: fc.constantFrom('a', 'b', 'c', ''),
      bytes: fc.nat({ max: TOTAL }),
      releases: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = new MemoryBudget(TOTAL);
        const taken = new Map<string, number[]>();
        for (const { account, bytes, releases } of steps) {
          const own = taken.get(account) ?? [];
          taken.set(account, own);
          const [free, usedBefore] = [TOTAL - budget.used, budget.usedBy(account)];
          const isTaken = !releases && budget.take(account, bytes);
          if (releases) budget.release(account, own.shift() ?? 0);
          if (isTaken) own.push(bytes);
          // Exactly what leaves as much free as the account has then.
          expect(releases || isTaken === usedBefore + bytes <= free - bytes).toBe(true);
          expect(!isTaken || budget.usedBy(account) <= TOTAL - budget.used).toBe(true);
          const sums = [...taken].map(
            ([name, all]) => [name, all.reduce((sum, one) => sum + one, 0)] as const,
          );
          for (const [name, sum] of sums) expect(budget.usedBy(name)).toBe(sum);
          expect(budget.used).toBe(sums.reduce((sum, [, one]) => sum + one, 0));
          expect(budget.used).toBeLessThanOrEqual(TOTAL);
        }
        for (const [name, all] of taken) for (const bytes of all) budget.release(name, bytes);
        expect(budget.used).toBe(0);
      }),
    );
  });

  it('has something for a newcomer, although all others take whatever they can get', () => {
    const step = fc.record({
      account: fc.nat({ max: 5 }),
      bytes: fc.integer({ min: 1, max: TOTAL }),
      releases: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
        const budget = new MemoryBudget(TOTAL);
        const takeAll = (account: string): void => {
          for (let bytes = TOTAL; bytes >= 1; bytes = Math.floor(bytes / 2))
            while (budget.take(account, bytes));
        };
        for (const { account, bytes, releases } of steps) {
          const name = `t${account}`;
          if (releases) budget.release(name, Math.min(bytes, budget.usedBy(name)));
          else takeAll(name);
        }
        // Each of six takes half of what was free, at most.
        const free = TOTAL - budget.used;
        expect(free).toBeGreaterThanOrEqual(Math.floor(TOTAL / 2 ** 6));
        expect(budget.take('newcomer', Math.floor(free / 2))).toBe(true);
      }),
    );
  });

  it('gives one alone half, and two a third each, once the first has given back', () => {
    const budget = new MemoryBudget(300);
    expect(budget.take('a', 151)).toBe(false);
    expect(budget.take('a', 150)).toBe(true);
    expect(budget.take('a', 1)).toBe(false);
    budget.release('a', 50);
    expect(budget.take('b', 101)).toBe(false);
    expect(budget.take('b', 100)).toBe(true);
    expect(budget.take('a', 1)).toBe(false);
  });

  it('forgets an account that has released all', () => {
    const budget = new MemoryBudget(TOTAL);
    for (let i = 0; i < 1000; i += 1) {
      expect(budget.take(`t${i}`, 10)).toBe(true);
      budget.release(`t${i}`, 4);
      expect(budget.usedBy(`t${i}`)).toBe(6);
      budget.release(`t${i}`, 6);
      expect(budget.usedBy(`t${i}`)).toBe(0);
    }
    expect(budget.used).toBe(0);
  });
});
