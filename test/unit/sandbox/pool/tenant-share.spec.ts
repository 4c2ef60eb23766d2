/** No tenant keeps another from its first runner process, with nothing configured. */
import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises';
import { type PoolLimits, RunnerPool } from '../../../../src/sandbox/pool/runner-pool.js';
import { reservedOf } from '../../../../src/sandbox/pool/admission-control.js';
import type { LeaseRequest } from '../../../../src/sandbox/pool/wait-queue.js';
import { ScriptedRunner } from '../../../support/scripted-runner.js';
import { until } from '../../../support/until.js';

const LIMITS: PoolLimits = {
  minRunners: 1,
  maxRunners: 4,
  queueSize: 1000,
  queueTimeoutMs: 60_000,
  maxExecutionsPerRunner: 1_000_000,
  idleTimeoutMs: 10_000,
  cores: 2,
};

const pools: RunnerPool<ScriptedRunner>[] = [];
const of = (tenant: string, singleUse = false): LeaseRequest => ({ tenant, singleUse });

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

async function poolOf(limits: Partial<PoolLimits>): Promise<RunnerPool<ScriptedRunner>> {
  const pool = new RunnerPool((singleUse) => new ScriptedRunner(sleep(2), singleUse), {
    ...LIMITS,
    ...limits,
  });
  pools.push(pool);
  await pool.start();
  return pool;
}

/** Asks for a runner process for ever again, and keeps what it gets. */
function hold(pool: RunnerPool<ScriptedRunner>, tenant: string, count: number, held: ScriptedRunner[]): void {
  for (let i = 0; i < count; i++) void keep(pool.lease(of(tenant)), held).catch(() => undefined);
}

async function keep(
  leased: ScriptedRunner | Promise<ScriptedRunner | undefined>,
  held: ScriptedRunner[],
): Promise<void> {
  const runner = await leased;
  if (runner === undefined) return;
  held.push(runner);
  // As a script that waits for a timer, or for a function of its client.
  runner.events?.onWaiting();
}

/** The same numbers for the same seed. */
function numbersFrom(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    return Math.floor((state / 2 ** 31) * below);
  };
}

describe('a tenant with nothing running', () => {
  it.each([2, 3, 4, 8, 16, 64])(
    'finds a runner process although another tenant holds all that it can: of %i',
    async (maxRunners) => {
      const pool = await poolOf({ maxRunners, reservedRunners: reservedOf(maxRunners) });
      const held: ScriptedRunner[] = [];
      hold(pool, 'red', maxRunners + 5, held);
      const share = maxRunners - reservedOf(maxRunners);
      await until(() => held.length === share);
      const blue = await pool.lease(of('blue'));
      expect(blue).toBeInstanceOf(ScriptedRunner);
      // And again, when its script is at its end.
      blue?.idle();
      expect(await pool.lease(of('blue'))).toBeInstanceOf(ScriptedRunner);
      expect(held).toHaveLength(share);
    },
  );

  it('finds one, where tenants are not known before, as soon as it was seen in the last minutes', async () => {
    const pool = await poolOf({});
    const first = await pool.lease(of('blue'));
    first?.idle();
    const held: ScriptedRunner[] = [];
    hold(pool, 'red', 10, held);
    await until(() => held.length === 3);
    await sleep(100);
    expect(held).toHaveLength(3);
    expect(await pool.lease(of('blue'))).toBeInstanceOf(ScriptedRunner);
  });

  it.each([
    [1, 1],
    [1, 4],
    [2, 2],
    [4, 1],
    [8, 4],
  ])(
    'finds one although another floods with short scripts: %i runners, %i cores',
    async (maxRunners, cores) => {
      const pool = await poolOf({ maxRunners, cores, minRunners: maxRunners });
      const flooding = new AbortController();
      let served = 0;
      const flood = async (): Promise<void> => {
        while (!flooding.signal.aborted) {
          const runner = await pool.lease(of('red'));
          await nextTurn();
          served += 1;
          runner?.idle();
        }
      };
      const floods = Array.from({ length: 30 }, flood);
      await until(() => served > 200);
      for (let i = 0; i < 3; i++) {
        const runner = await pool.lease(of(`blue ${i}`));
        expect(runner).toBeInstanceOf(ScriptedRunner);
        runner?.idle();
      }
      const before = served;
      await until(() => served > before + 100);
      flooding.abort();
      await Promise.all(floods);
    },
  );

  it('is served in turn with others, whatever tenants send and however long it takes', async () => {
    for (const seed of [1, 2, 3, 4]) {
      const next = numbersFrom(seed);
      const maxRunners = 2 + next(7);
      const reservedRunners = reservedOf(maxRunners);
      const pool = await poolOf({ maxRunners, cores: 1 + next(4), minRunners: 1 + next(2), reservedRunners });
      const held: ScriptedRunner[] = [];
      hold(pool, 'red', maxRunners * 2, held);
      // Each has a place to find, and gives it back after a random time.
      const others = Array.from({ length: 5 }, async (_, tenant) => {
        for (let i = 0; i < 4; i++) {
          const runner = await pool.lease(of(`t${tenant}`, next(4) === 0));
          if (next(2) === 0) runner?.events?.onWaiting();
          await sleep(next(10));
          if (next(5) === 0) runner?.kill('died');
          else runner?.idle();
        }
      });
      await Promise.all(others);
      expect(held.length).toBeLessThanOrEqual(maxRunners - reservedRunners);
      pool.close();
    }
  });
});

describe('a tenant that is alone', () => {
  it('may use every runner process', async () => {
    const pool = await poolOf({});
    const held: ScriptedRunner[] = [];
    hold(pool, 'red', 10, held);
    await until(() => held.length === 4);
    expect(pool.queued).toBe(6);
  });

  it('may use every one, too, where the operator has no other', async () => {
    const pool = await poolOf({ reservedRunners: 0 });
    const [blue] = [await pool.lease(of('blue'))];
    blue?.idle();
    const held: ScriptedRunner[] = [];
    hold(pool, 'red', 10, held);
    await until(() => held.length === 4);
    expect(pool.runners.waiting).toBe(4);
  });
});
