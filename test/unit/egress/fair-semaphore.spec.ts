import { setImmediate as turn } from 'node:timers/promises';
import { FairSemaphore, UP_TO_HALF } from '../../../src/egress/fair-semaphore.js';

describe('FairSemaphore', () => {
  it('grants its permits, and then alternates between waiting keys', async () => {
    const semaphore = new FairSemaphore(1);
    const started: string[] = [];
    const acquire = (key: string, name: string) => semaphore.acquire(key, () => started.push(name));
    const release = acquire('a', 'a1');
    const others = [acquire('a', 'a2'), acquire('a', 'a3'), acquire('b', 'b1'), acquire('c', 'c1')];
    release();
    release();
    for (let i = 0; i < 5; i++) {
      await turn();
      for (const [at, name] of ['a2', 'a3', 'b1', 'c1'].entries())
        if (started.at(-1) === name) others[at]?.();
    }
    expect(started).toEqual(['a2', 'b1', 'c1', 'a3']);
  });

  it('lets a waiter give up before its permit is granted', async () => {
    const semaphore = new FairSemaphore(1);
    const started: string[] = [];
    const first = semaphore.acquire('', () => started.push('first'));
    const second = semaphore.acquire('', () => started.push('second'));
    semaphore.acquire('', () => started.push('third'));
    await turn();
    second();
    first();
    await turn();
    expect(started).toEqual(['first', 'third']);
  });
});

/** Number of permits that a key gets while it releases none. */
async function grantedTo(semaphore: FairSemaphore, key: string, wanted: number): Promise<number> {
  let granted = 0;
  for (let i = 0; i < wanted; i++) semaphore.acquire(key, () => (granted += 1));
  await turn();
  return granted;
}

describe('FairSemaphore with UP_TO_HALF', () => {
  it.each([
    [1, [1, 0]],
    [2, [1, 1]],
    [3, [2, 1]],
    [8, [4, 2, 1, 1, 0]],
    [256, [128, 64, 32, 16, 8, 4, 2, 1, 1, 0]],
  ])('keeps some of %d permits free for a key that holds none: %j', async (max, expected) => {
    const semaphore = new FairSemaphore(max, UP_TO_HALF);
    const granted: number[] = [];
    for (const key of expected.keys()) granted.push(await grantedTo(semaphore, String(key), 1000));
    expect(granted).toEqual(expected);
  });

  it('grants a released permit to the key that holds the fewest, and to waiters once enough are free', async () => {
    const semaphore = new FairSemaphore(4, UP_TO_HALF);
    const started: string[] = [];
    const acquire = (key: string): (() => void) => semaphore.acquire(key, () => started.push(key));
    const [first] = [acquire('a'), acquire('a'), acquire('a'), acquire('b')];
    acquire('c');
    acquire('d');
    acquire('b');
    await turn();
    expect(started).toEqual(['a', 'a', 'b', 'c']);
    first();
    await turn();
    expect(started.slice(4)).toEqual(['d']);
  });
});
