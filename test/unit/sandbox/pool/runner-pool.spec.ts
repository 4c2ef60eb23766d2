import { RunnerStartError } from '../../../../src/sandbox/errors.js';
import { type PoolLimits, RunnerPool } from '../../../../src/sandbox/pool/runner-pool.js';
import type { LeaseRequest } from '../../../../src/sandbox/pool/wait-queue.js';
import { FakeClock } from '../../../support/fake-clock.js';
import { ScriptedRunner } from '../../../support/scripted-runner.js';

const LIMITS: PoolLimits = {
  minRunners: 1,
  maxRunners: 3,
  queueSize: 10,
  queueTimeoutMs: 10_000,
  maxExecutionsPerRunner: 100,
  idleTimeoutMs: 10_000,
  cores: 1,
};

function poolOf(limits: Partial<PoolLimits> = {}, starts: () => Promise<void> = () => Promise.resolve()) {
  const made: ScriptedRunner[] = [];
  const pool = new RunnerPool(
    (singleUse) => {
      const runner = new ScriptedRunner(starts(), singleUse);
      made.push(runner);
      return runner;
    },
    { ...LIMITS, ...limits },
    clock,
  );
  pools.push(pool);
  return { pool, made };
}

const of = (tenant: string): LeaseRequest => ({ tenant, singleUse: false });
const pools: RunnerPool<ScriptedRunner>[] = [];
let clock: FakeClock;
const turn = (): Promise<void> => clock.advance(5);

beforeEach(() => {
  clock = new FakeClock();
});

afterEach(() => {
  for (const pool of pools.splice(0)) pool.close();
});

describe('the pool', () => {
  it('keeps the least number warm, and leases at once', async () => {
    const { pool, made } = poolOf({ minRunners: 2 });
    await pool.start();
    await turn();
    expect(made).toHaveLength(2);
    expect(pool.lease(of('t'))).toBeInstanceOf(ScriptedRunner);
  });

  it('never leases a runner twice at once', async () => {
    const { pool } = poolOf({ minRunners: 2, maxRunners: 2, cores: 2 });
    await pool.start();
    await turn();
    const [a, b] = [pool.lease(of('t')), pool.lease(of('t'))];
    expect(a).not.toBe(b);
    const third = pool.lease(of('t'));
    expect(third).toBeInstanceOf(Promise);
    (a as ScriptedRunner).idle();
    expect(await clock.settled(third)).toBe(a);
  });

  it('serves those who wait in order, as runners become idle', async () => {
    const { pool, made } = poolOf({ maxRunners: 1 });
    await pool.start();
    const order: string[] = [];
    const first = pool.lease(of('t')) as ScriptedRunner;
    const waits = ['one', 'two'].map(async (name) => {
      await clock.settled(pool.lease(of('t')));
      order.push(name);
    });
    first.idle();
    await turn();
    expect(order).toEqual(['one']);
    first.idle();
    await clock.settled(Promise.all(waits));
    expect(order).toEqual(['one', 'two']);
    expect(made).toHaveLength(1);
  });

  it('runs no more of a tenant’s at once than it may, starts no runner for the others, and serves other tenants', async () => {
    const { pool, made } = poolOf({ minRunners: 2, maxRunners: 9, cores: 4 });
    await pool.start();
    await turn();
    const capped = { ...of('a'), concurrency: 1 };
    const first = pool.lease(capped) as ScriptedRunner;
    const second = pool.lease(capped) as Promise<ScriptedRunner>;
    const third = pool.lease(capped) as Promise<ScriptedRunner>;
    expect(second).toBeInstanceOf(Promise);
    await clock.advance(60);
    // They wait for the first, and not for a runner.
    expect(pool.queued).toBe(0);
    expect(made).toHaveLength(2);
    expect(made.some(({ killed }) => killed)).toBe(false);
    expect(await clock.settled(pool.lease(of('b')))).toBeInstanceOf(ScriptedRunner);
    // One that waits for a timer runs all the same.
    first.events?.onWaiting();
    await clock.advance(60);
    const isHeld = await Promise.race([second.then(() => false), turn().then(() => true)]);
    expect(isHeld).toBe(true);
    first.idle();
    expect(await clock.settled(second)).toBe(first);
    first.kill();
    expect(await clock.settled(third)).toBeInstanceOf(ScriptedRunner);
  });

  it('never gives a runner of one tenant to another', async () => {
    const { pool, made } = poolOf({ maxRunners: 1 });
    await pool.start();
    const first = pool.lease(of('a')) as ScriptedRunner;
    first.idle();
    const second = await clock.settled(pool.lease(of('b')));
    expect(first.killed).toBe(true);
    expect(second).toBe(made[1]);
    expect(second).not.toBe(first);
  });

  it('prefers the runner that already serves the tenant', async () => {
    const { pool } = poolOf({ minRunners: 2 });
    await pool.start();
    await turn();
    const first = pool.lease(of('a')) as ScriptedRunner;
    first.idle();
    expect(pool.lease(of('a'))).toBe(first);
  });

  it('takes the runner whose memory is in the caches while more wait than are idle, and else one that is at rest', async () => {
    const { pool, made } = poolOf({ minRunners: 2, maxRunners: 2, cores: 1 });
    await pool.start();
    await turn();
    const first = pool.lease(of('t')) as ScriptedRunner;
    first.events?.onWaiting();
    const second = pool.lease(of('t')) as ScriptedRunner;
    first.idle();
    second.idle();
    await turn();
    // Both are at rest, and one script computes at a time.
    expect(pool.lease(of('t'))).toBe(second);
    const waiting = [1, 2, 3].map(async () => clock.settled(pool.lease(of('t'))));
    second.idle();
    expect(await waiting[0]).toBe(second);
    second.idle();
    expect(await waiting[1]).toBe(first);
    first.idle();
    expect(await waiting[2]).toBeInstanceOf(ScriptedRunner);
    expect(made).toHaveLength(2);
  });

  it('starts one more when the running script waits for a timer', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    const first = pool.lease(of('t')) as ScriptedRunner;
    first.events?.onWaiting();
    expect(await clock.settled(pool.lease(of('t')))).toBe(made[1]);
  });

  it('starts one more when nothing has become free for a moment', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    void pool.lease(of('t'));
    expect(await clock.settled(pool.lease(of('t')))).toBe(made[1]);
  });

  it('lets no more compute at once than there are cores, but for a moment', async () => {
    const { pool } = poolOf({ minRunners: 3, cores: 2 });
    await pool.start();
    await turn();
    expect(pool.lease(of('t'))).toBeInstanceOf(ScriptedRunner);
    expect(pool.lease(of('t'))).toBeInstanceOf(ScriptedRunner);
    const third = pool.lease(of('t'));
    expect(third).toBeInstanceOf(Promise);
    expect(await clock.settled(third)).toBeInstanceOf(ScriptedRunner);
  });

  it('makes one ready when every script has been at it for long', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    void pool.lease(of('t'));
    await clock.advance(200);
    expect(made).toHaveLength(2);
    expect(pool.lease(of('t'))).toBe(made[1]);
  });

  it('keeps as many ready beside a script that has computed for long, and counts it no more', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    const first = pool.lease(of('t')) as ScriptedRunner;
    first.events?.onCpuBound();
    await turn();
    expect(made).toHaveLength(2);
    expect(pool.lease(of('t'))).toBe(made[1]);
  });

  it('gives a single-use runner to a request for one, keeps some for the next, and gives none to other requests', async () => {
    const { pool, made } = poolOf({ maxRunners: 5, cores: 4 });
    await pool.start();
    const single = (await clock.settled(pool.lease({ tenant: 't', singleUse: true }))) as ScriptedRunner;
    expect(single.singleUse).toBe(true);
    await turn();
    expect(made.map((runner) => runner.singleUse)).toEqual([false, true, true, true]);
    single.idle();
    expect(single.killed).toBe(true);
    expect(pool.lease(of('t'))).toBe(made[0]);
    expect(pool.lease({ tenant: 't', singleUse: true })).toMatchObject({ singleUse: true, executions: 0 });
  });

  it('keeps single-use runners no longer than they are asked for', async () => {
    const { pool, made } = poolOf({ maxRunners: 5, idleTimeoutMs: 20 });
    await pool.start();
    (await clock.settled(pool.lease({ tenant: 't', singleUse: true })))?.idle();
    await clock.until(() => made.filter(({ killed }) => !killed).every(({ singleUse }) => !singleUse));
    await clock.advance(50);
    expect(made.filter(({ killed }) => !killed)).toHaveLength(1);
  });

  it('warms runners of one execution that nobody takes, and no others', async () => {
    const { pool, made } = poolOf({ minRunners: 2, singleUse: true });
    await pool.start();
    void pool.lease({ tenant: 't', singleUse: true });
    const others = poolOf();
    await others.pool.start();
    await clock.until(() => made.some(({ warmed }) => warmed > 0));
    await clock.advance(60);
    expect(made.filter(({ warmed }) => warmed === 1)).toHaveLength(2);
    expect(made).toHaveLength(3);
    expect(others.made.map(({ warmed }) => warmed)).toEqual([0]);
  });

  it('keeps single-use runners only, where every execution gets one', async () => {
    const { pool, made } = poolOf({ minRunners: 2, singleUse: true });
    await pool.start();
    await turn();
    void pool.lease({ tenant: 't', singleUse: true });
    await clock.until(() => made.length > 2);
    expect(made.map(({ singleUse }) => singleUse)).toEqual([true, true, true]);
  });

  it('makes room for a single-use runner where all others are idle', async () => {
    const { pool, made } = poolOf({ minRunners: 2, maxRunners: 2 });
    await pool.start();
    await turn();
    expect(await clock.settled(pool.lease({ tenant: 't', singleUse: true }))).toMatchObject({
      singleUse: true,
    });
    expect(made[0]?.killed).toBe(true);
  });

  it('starts none beyond the most', async () => {
    const { pool, made } = poolOf({ maxRunners: 2 });
    await pool.start();
    for (let i = 0; i < 5; i++) void Promise.resolve(pool.lease(of('t'))).catch(() => undefined);
    await clock.advance(150);
    expect(made).toHaveLength(2);
  });

  it('replaces a runner that died', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    (pool.lease(of('t')) as ScriptedRunner).kill();
    expect(await clock.settled(pool.lease(of('t')))).toBe(made[1]);
  });

  it('replaces a runner after its last execution', async () => {
    const { pool, made } = poolOf({ maxExecutionsPerRunner: 2 });
    await pool.start();
    (pool.lease(of('t')) as ScriptedRunner).idle();
    expect(made[0]?.killed).toBe(false);
    (pool.lease(of('t')) as ScriptedRunner).idle();
    expect(made[0]?.killed).toBe(true);
    await turn();
    expect(made).toHaveLength(2);
  });

  it('replaces a runner that has grown too large', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    const first = pool.lease(of('t')) as ScriptedRunner;
    first.unhealthy = true;
    first.idle();
    expect(first.killed).toBe(true);
    await turn();
    expect(made).toHaveLength(2);
  });

  it('replaces all on recycle: the idle at once, the busy when they are idle', async () => {
    const { pool, made } = poolOf({ minRunners: 2 });
    await pool.start();
    await turn();
    const busy = pool.lease(of('t')) as ScriptedRunner;
    pool.recycle();
    expect(made.filter(({ killed }) => killed)).toHaveLength(1);
    expect(busy.killed).toBe(false);
    busy.idle();
    expect(busy.killed).toBe(true);
  });

  it('replaces those of one tenant only, when it is named', async () => {
    const { pool, made } = poolOf({ minRunners: 3 });
    await pool.start();
    await turn();
    const [of1, of2] = [pool.lease(of('1')), pool.lease(of('2'))] as ScriptedRunner[];
    of1?.idle();
    of2?.idle();
    pool.recycle('1');
    expect(made.filter(({ killed }) => killed)).toEqual([of1]);
  });

  it('leases no runner that it has just ended', async () => {
    const { pool, made } = poolOf({ minRunners: 2 });
    await pool.start();
    await turn();
    pool.recycle();
    const leased = await clock.settled(pool.lease(of('t')));
    expect(made.indexOf(leased as ScriptedRunner)).toBeGreaterThanOrEqual(2);
  });

  it('ends runners above the least number after they were idle for long', async () => {
    const { pool, made } = poolOf({ idleTimeoutMs: 30 });
    await pool.start();
    const first = pool.lease(of('t')) as ScriptedRunner;
    const second = (await clock.settled(pool.lease(of('t')))) as ScriptedRunner;
    first.idle();
    second.idle();
    await clock.advance(120);
    expect(made.filter(({ killed }) => killed)).toHaveLength(1);
  });

  it('ends of each kind only what is above its least number: nothing is ended to be started again', async () => {
    const { pool, made } = poolOf({ minRunners: 2, maxRunners: 9, cores: 4, idleTimeoutMs: 400 });
    await pool.start();
    await turn();
    const hog = pool.lease(of('h')) as ScriptedRunner;
    hog.events?.onCpuBound();
    await turn();
    const single = (await clock.settled(pool.lease({ tenant: 't', singleUse: true }))) as ScriptedRunner;
    await clock.until(() => made.filter((runner) => runner.singleUse).length === 3);
    await clock.until(() => pool.runners.starting === 0);
    // While they are idle for long, executions of the other kind go on.
    const asking = clock.setInterval(() => {
      const leased = pool.lease({ tenant: 't', singleUse: true });
      if (leased instanceof ScriptedRunner) leased.kill('single_use');
    }, 50);
    await clock.advance(1000);
    clock.clear(asking);
    single.kill('single_use');
    expect(made.filter((runner) => !runner.singleUse && runner.killed)).toEqual([]);
  });

  it('ends no idle runner for another tenant while none can be started in its place', async () => {
    let broken = false;
    const { pool, made } = poolOf({ minRunners: 2, maxRunners: 2, cores: 4 }, () =>
      broken ? Promise.reject(new RunnerStartError('no')) : Promise.resolve(),
    );
    await pool.start();
    await turn();
    const [a, b] = [pool.lease(of('a')), pool.lease(of('a'))] as [ScriptedRunner, ScriptedRunner];
    broken = true;
    b.kill();
    // The first tries fail: the next one comes later and later.
    await clock.until(() => made.length >= 4);
    a.idle();
    const waits = Promise.resolve(pool.lease(of('b')));
    await clock.advance(60);
    expect(a.killed).toBe(false);
    broken = false;
    expect(await clock.settled(waits)).toBeInstanceOf(ScriptedRunner);
  });

  it('ends one idle runner, and not a second one, for one that waits', async () => {
    const { pool, made } = poolOf({ minRunners: 3, maxRunners: 3, cores: 4 });
    await pool.start();
    await turn();
    for (const runner of [1, 2, 3].map(() => pool.lease(of('a')) as ScriptedRunner)) {
      // Their processes take their time to die.
      runner.dies = clock.sleep(100);
      queueMicrotask(() => runner.idle());
    }
    await turn();
    expect(await clock.settled(pool.lease(of('b')))).toBeInstanceOf(ScriptedRunner);
    expect(made.filter(({ killed }) => killed)).toHaveLength(1);
  });

  it('counts the runners that were started, and those that ended by why', async () => {
    const { pool, made } = poolOf({ maxExecutionsPerRunner: 1, idleTimeoutMs: 20 });
    await pool.start();
    (pool.lease(of('t')) as ScriptedRunner).idle();
    await turn();
    (pool.lease(of('t')) as ScriptedRunner).kill('timedOut');
    await turn();
    void pool.lease(of('t'));
    await clock.advance(150);
    expect(pool.tally).toMatchObject({ started: made.length, ended: { recycled: 1, timedOut: 1 } });
    pool.close();
    await turn();
    const { ended, started } = pool.tally;
    expect(Object.values(ended).reduce((sum, count) => sum + count)).toBe(started);
    expect(ended.stopped).toBeGreaterThan(0);
  });

  it('rejects its start when the first runner does not start', async () => {
    const { pool } = poolOf({}, () => Promise.reject(new RunnerStartError('no')));
    await expect(pool.start()).rejects.toThrow(RunnerStartError);
  });

  it('tells those who wait when no runner starts, tries again later, and recovers', async () => {
    let broken = false;
    const { pool, made } = poolOf({}, () =>
      broken ? Promise.reject(new RunnerStartError('no')) : Promise.resolve(),
    );
    await pool.start();
    broken = true;
    const wait = pool.lease(of('t')) as ScriptedRunner;
    wait.kill();
    await expect(clock.settled(Promise.resolve().then(() => pool.lease(of('t'))))).rejects.toThrow(
      RunnerStartError,
    );
    expect(() => pool.lease(of('t'))).toThrow(RunnerStartError);
    // Each time it waits twice as long: 25, 50, 100, 200 ms.
    await clock.advance(300);
    expect(made.length).toBeLessThan(8);
    broken = false;
    await clock.until(() => pool.runners.idle > 0);
    expect(pool.lease(of('t'))).toBeInstanceOf(ScriptedRunner);
  });

  it('turns away and ends everything when closed', async () => {
    const { pool, made } = poolOf();
    await pool.start();
    void pool.lease(of('t'));
    const wait = pool.lease(of('t')) as Promise<unknown>;
    pool.close();
    await expect(wait).rejects.toMatchObject({ name: 'SandboxClosedError' });
    expect(() => pool.lease(of('t'))).toThrow('shutting down');
    expect(made.every(({ killed }) => killed)).toBe(true);
  });
});
