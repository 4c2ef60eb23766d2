import { setImmediate as turn } from 'node:timers/promises';
import { FairTurns } from '../../../src/json-text/index.js';

/** Enters as many steps of an account, which note their names. */
function enterAll(turns: FairTurns, done: string[], account: string, count: number): void {
  for (let i = 0; i < count; i += 1) turns.enter(account, () => done.push(`${account}${i}`));
}

async function turnsUntil(isOver: () => boolean): Promise<number> {
  let count = 0;
  for (; !isOver(); count += 1) await turn(); // oxlint-disable-line no-await-in-loop -- one turn after the other
  return count;
}

describe('fair turns', () => {
  it('begin nothing before enter has returned, nor in the microtasks after it', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1000);
    enterAll(turns, done, 'a', 2);
    expect(done).toEqual([]);
    await Promise.resolve();
    await new Promise((resolve) => process.nextTick(resolve));
    expect(done).toEqual([]);
    await turnsUntil(() => done.length === 2);
  });

  it('do the steps of an account in their order, and those of accounts by turns', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1000);
    enterAll(turns, done, 'a', 4);
    enterAll(turns, done, 'b', 2);
    enterAll(turns, done, 'c', 1);
    await turnsUntil(() => done.length === 7);
    expect(done).toEqual(['a0', 'b0', 'c0', 'a1', 'b1', 'a2', 'a3']);
  });

  it('let a newcomer in after one more step, however much others have to do', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1000, 1);
    enterAll(turns, done, 'a', 1000);
    await turnsUntil(() => done.length > 10);
    const before = done.length;
    turns.enter('b', () => done.push('b'));
    await turnsUntil(() => done.includes('b'));
    expect(done.indexOf('b') - before).toBeLessThanOrEqual(1);
    await turnsUntil(() => done.length === 1001);
  });

  it('give a step that enters the next one its place behind the others', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1000);
    const again = (account: string): void => {
      done.push(account);
      if (done.length < 9) turns.enter(account, () => again(account));
    };
    for (const account of ['a', 'b', 'c']) turns.enter(account, () => again(account));
    await turnsUntil(() => done.length >= 9);
    expect(done.slice(0, 9).join('')).toBe('abcabcabc');
  });

  it('do no more than so many steps in one turn of the event loop', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1000, 4);
    enterAll(turns, done, 'a', 40);
    const seen: number[] = [];
    await turnsUntil(() => {
      seen.push(done.length);
      return done.length === 40;
    });
    for (const [i, count] of seen.entries()) expect(count - (seen[i - 1] ?? 0)).toBeLessThanOrEqual(4);
  });

  it('begin no step after the time of a turn is over', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1);
    for (let i = 0; i < 3; i += 1)
      turns.enter('a', () => {
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

  it('begin again after a rest', async () => {
    const done: string[] = [];
    const turns = new FairTurns(1000);
    for (const account of ['a', 'b', 'a']) {
      turns.enter(account, () => done.push(account));
      const { length } = done;
      await turnsUntil(() => done.length > length); // oxlint-disable-line no-await-in-loop -- a rest after each
    }
    expect(done).toEqual(['a', 'b', 'a']);
  });
});
