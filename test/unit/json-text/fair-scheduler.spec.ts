import { setImmediate as turn } from 'node:timers/promises';
import { FairScheduler } from '../../../src/json-text/index.js';

/** Schedules `count` steps of an account that record their names. */
function scheduleAll(scheduler: FairScheduler, done: string[], account: string, count: number): void {
  for (let i = 0; i < count; i += 1) scheduler.schedule(account, () => done.push(`${account}${i}`));
}

async function turnsUntil(isOver: () => boolean): Promise<number> {
  let count = 0;
  for (; !isOver(); count += 1) await turn(); // oxlint-disable-line no-await-in-loop -- one turn after the other
  return count;
}

describe('FairScheduler', () => {
  it('starts no step before schedule has returned, nor in the microtasks after it', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1000);
    scheduleAll(scheduler, done, 'a', 2);
    expect(done).toEqual([]);
    await Promise.resolve();
    await new Promise((resolve) => process.nextTick(resolve));
    expect(done).toEqual([]);
    await turnsUntil(() => done.length === 2);
  });

  it('runs the steps of an account in order, and alternates between accounts', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1000);
    scheduleAll(scheduler, done, 'a', 4);
    scheduleAll(scheduler, done, 'b', 2);
    scheduleAll(scheduler, done, 'c', 1);
    await turnsUntil(() => done.length === 7);
    expect(done).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'a3']);
  });

  it('runs a new account after one more step, however much others have queued', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1000, 1);
    scheduleAll(scheduler, done, 'a', 1000);
    await turnsUntil(() => done.length > 10);
    const before = done.length;
    scheduler.schedule('b', () => done.push('b'));
    await turnsUntil(() => done.includes('b'));
    expect(done.indexOf('b') - before).toBeLessThanOrEqual(1);
    await turnsUntil(() => done.length === 1001);
  });

  it('puts a step that a step schedules behind those of the other accounts', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1000);
    const again = (account: string): void => {
      done.push(account);
      if (done.length < 9) scheduler.schedule(account, () => again(account));
    };
    for (const account of ['a', 'b', 'c']) scheduler.schedule(account, () => again(account));
    await turnsUntil(() => done.length >= 9);
    expect(done.slice(0, 9).join('')).toBe('abcabcabc');
  });

  it('runs at most maxSteps steps per event loop turn', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1000, 4);
    scheduleAll(scheduler, done, 'a', 40);
    const seen: number[] = [];
    await turnsUntil(() => {
      seen.push(done.length);
      return done.length === 40;
    });
    for (const [i, count] of seen.entries()) expect(count - (seen[i - 1] ?? 0)).toBeLessThanOrEqual(4);
  });

  it('starts no step after the time of a turn is over', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1);
    for (let i = 0; i < 3; i += 1)
      scheduler.schedule('a', () => {
        const until = performance.now() + 2;
        while (performance.now() < until);
        done.push('a');
      });
    const seen: number[] = [];
    await turnsUntil(() => {
      seen.push(done.length);
      return done.length === 3;
    });
    for (const [i, count] of seen.entries()) expect(count - (seen[i - 1] ?? 0)).toBeLessThanOrEqual(1);
  });

  it('runs steps that are scheduled after an idle time', async () => {
    const done: string[] = [];
    const scheduler = new FairScheduler(1000);
    for (const account of ['a', 'b', 'a']) {
      scheduler.schedule(account, () => done.push(account));
      const { length } = done;
      await turnsUntil(() => done.length > length); // oxlint-disable-line no-await-in-loop -- a rest after each
    }
    expect(done).toEqual(['a', 'b', 'a']);
  });
});
