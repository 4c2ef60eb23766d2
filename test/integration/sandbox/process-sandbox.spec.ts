/** The sandbox by itself, through its module: real runner processes, no gateway. */
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { InstalledModules, SandboxBusyError, SandboxClosedError } from '../../../src/sandbox/index.js';
import { SandboxApp, runnerPids } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

let app: SandboxApp | undefined;

async function start(options: Parameters<typeof SandboxApp.start>[0] = {}): Promise<SandboxApp> {
  app = await SandboxApp.start({ minRunners: 1, maxRunners: 4, ...options });
  return app;
}

afterEach(async () => {
  await app?.close();
  app = undefined;
});

const returned = (value: unknown): unknown => expect.objectContaining({ kind: 'returned', value });

describe('the sandbox without a gateway', () => {
  it('ends a loop at its deadline, tells which time ran out, and replaces the runner', async () => {
    const { run } = bound(await start());
    const before = runnerPids();
    expect(await run('console.log(1); for (;;);', { timeoutMs: 200 })).toEqual({
      kind: 'timedOut',
      limit: 'wall',
      console: ['1'],
    });
    expect(await run('cb(2)')).toEqual(returned(2));
    await until(() => before.every((pid) => !runnerPids().includes(pid)));
  });

  it('ends what goes on after its answer', async () => {
    const { run } = bound(await start());
    const [before] = runnerPids();
    expect(await run('cb(1); for (;;);')).toEqual(returned(1));
    await until(() => !runnerPids().includes(before ?? 0));
    expect(await run('cb(2)')).toEqual(returned(2));
  });

  it('cancels in an endless loop', async () => {
    const { run } = bound(await start());
    const cancel = new AbortController();
    const outcome = run('for (;;);', {}, cancel.signal);
    setTimeout(() => cancel.abort(), 100);
    expect(await outcome).toEqual({ kind: 'cancelled', console: [] });
  });

  it('gives no process of one tenant to another', async () => {
    const { run } = bound(await start({ maxRunners: 1 }));
    const pids = new Set<string>();
    for (const tenant of ['a', 'b', 'a', 'b']) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other, on the only runner there may be
      expect(await run('cb(1)', { tenant })).toEqual(returned(1));
      pids.add(runnerPids().join());
    }
    expect(pids.size).toBe(4);
  });

  it('replaces a runner after its number of executions', async () => {
    const { run } = bound(await start({ maxExecutionsPerRunner: 2 }));
    const [first] = runnerPids();
    await run('cb(1)');
    await run('cb(2)');
    await until(() => !runnerPids().includes(first ?? 0));
    expect(await run('cb(3)')).toEqual(returned(3));
  });

  it('replaces every runner on a reload', async () => {
    const { module, run } = bound(await start());
    const [first] = runnerPids();
    await module.get(InstalledModules).reload();
    await until(() => !runnerPids().includes(first ?? 0));
    expect(await run('cb(1)')).toEqual(returned(1));
  });

  it('turns away what finds the queue full', async () => {
    const { run } = bound(await start({ maxRunners: 1, queueSize: 1 }));
    const [running, waiting] = [run('for (;;);', { timeoutMs: 300 }), run('cb(1)')];
    await expect(run('cb(2)')).rejects.toBeInstanceOf(SandboxBusyError);
    expect(await running).toMatchObject({ kind: 'timedOut' });
    expect(await waiting).toEqual(returned(1));
  });

  it('gives its runners nothing of the environment', async () => {
    await start();
    for (const pid of runnerPids()) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
  });

  it('leaves no process behind when it is closed, and takes nothing more', async () => {
    const closing = await start({ minRunners: 3 });
    const outcome = closing.run('for (;;);');
    await sleep(50);
    await closing.close();
    await until(() => runnerPids().length === 0);
    expect(await outcome).toMatchObject({ kind: 'died' });
    await expect(closing.run('cb(1)')).rejects.toBeInstanceOf(SandboxClosedError);
    expect(closing.readiness.ready).toBe(false);
    app = undefined;
  });
});

describe('isolation by process', () => {
  it.each([
    ['as the sandbox’s own level', { isolation: 'process' }, {}],
    ['as an execution asks for it', {}, { isolation: 'process' }],
  ] as const)('gives each execution a process that is used once: %s', async (_, options, more) => {
    const { run } = bound(await start({ minRunners: 2, ...options }));
    const seen = new Set<number>();
    for (let i = 0; i < 3; i++) {
      // oxlint-disable-next-line no-await-in-loop -- one after the other
      const outcome = await run('setTimeout(cb, 150, 1)', more);
      expect(outcome).toMatchObject({ kind: 'returned' });
      for (const pid of runnerPids()) seen.add(pid);
    }
    expect(seen.size).toBeGreaterThanOrEqual(4);
  });

  it('is not loosened by an execution', async () => {
    const { run } = bound(await start({ isolation: 'process', minRunners: 1 }));
    const [first] = runnerPids();
    expect(await run('cb(1)', { isolation: 'context' })).toEqual(returned(1));
    await until(() => !runnerPids().includes(first ?? 0));
  });
});

function bound(of: SandboxApp): Pick<SandboxApp, 'module' | 'run'> {
  return { module: of.module, run: of.run.bind(of) };
}
