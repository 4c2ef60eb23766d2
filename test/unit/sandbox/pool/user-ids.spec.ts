/** The user ids of runner processes: what keeps one tenant's runner from another's, where `user` is the layer that holds. */
// oxlint-disable jest/no-standalone-expect -- in tests that need root or Linux
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { RunnerStartError } from '../../../../src/sandbox/errors.js';
import { livingUserIds, type UserIdLease, UserIds } from '../../../../src/sandbox/pool/hardening/user-ids.js';

const itAsRoot = process.getuid?.() === 0 ? it : it.skip;

/** The same numbers for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

/** Nothing, where one more is refused as it should be. */
function refusalsOf(ids: UserIds): readonly string[] {
  try {
    return [`given: ${ids.take().uid}`];
  } catch (error) {
    return error instanceof RunnerStartError ? [] : [String(error)];
  }
}

describe('user ids', () => {
  it('are never shared by two living processes, in any order of starts and ends', () => {
    const next = numbersFrom(11);
    const living = new Set<number>();
    const ids = new UserIds(100, 12, () => new Set(living));
    const held: UserIdLease[] = [];
    /** Ended, with a child that lives on. */
    const lingering: number[] = [];
    const problems: string[] = [];
    let refused = 0;
    for (let step = 0; step < 20_000; step++) {
      const choice = next(5);
      if (choice < 2) {
        if (living.size === 12) problems.push(...refusalsOf(ids));
        else {
          const lease = ids.take();
          if (living.has(lease.uid) || lease.uid < 100 || lease.uid > 111)
            problems.push(`wrong: ${lease.uid}`);
          living.add(lease.uid);
          held.push(lease);
        }
        refused += Number(living.size === 12);
      } else if (choice < 4 && held.length > 0) {
        const [lease] = held.splice(next(held.length), 1);
        lease?.release();
        // Its end may be told more than once.
        if (next(2) === 0) lease?.release();
        if (lease !== undefined && next(3) === 0) lingering.push(lease.uid);
        else if (lease !== undefined) living.delete(lease.uid);
      } else if (lingering.length > 0) {
        const [uid = 0] = lingering.splice(next(lingering.length), 1);
        living.delete(uid);
      }
    }
    expect(problems).toEqual([]);
    expect(refused).toBeGreaterThan(100);
  });

  it('that processes of somebody else have already are not given away', () => {
    const ids = new UserIds(100, 3, () => new Set([101]));
    expect([ids.take().uid, ids.take().uid]).toEqual([100, 102]);
    expect(() => ids.take()).toThrow('all 3 user ids from SANDBOX_UID on are in use');
  });

  it('are looked for among the processes once for many launches', () => {
    let looks = 0;
    const ids = new UserIds(100, 600, () => {
      looks += 1;
      return new Set();
    });
    for (let i = 0; i < 3000; i++) ids.take().release();
    expect(looks).toBe(5);
  });

  itAsRoot('of living processes are found, and of no others', async () => {
    const uid = 61_123;
    const child = spawn('/bin/sleep', ['60'], { uid, gid: uid, stdio: 'ignore' });
    await once(child, 'spawn');
    expect(livingUserIds().has(uid)).toBe(true);
    child.kill('SIGKILL');
    await once(child, 'exit');
    expect(livingUserIds().has(uid)).toBe(false);
  });
});
