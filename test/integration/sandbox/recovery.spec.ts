/** Whatever becomes of a runner process, each request gets one outcome, and nothing stays behind. */
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { RunnerStartError } from '../../../src/sandbox/errors.js';
import { SandboxApp, openPipes, runnerPids } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

const KILLS = 500;
const KILLING_MS = Number(process.env['RECOVERY_MS'] ?? 12_000);
const CLIENTS = 8;

let app: SandboxApp | undefined;
const folders: string[] = [];

function folder(): string {
  const made = mkdtempSync(join(tmpdir(), 'javascriptd-'));
  folders.push(made);
  return made;
}

afterEach(async () => {
  await app?.close();
  app = undefined;
  for (const made of folders.splice(0)) rmSync(made, { recursive: true });
});

describe('runners killed at random moments under load, 500 or as many as the time allows (RECOVERY_MS),', () => {
  it(
    'cost each request one outcome, and leave no process and no descriptor',
    async () => {
      const running = await SandboxApp.start({ minRunners: 4, maxRunners: 12 });
      app = running;
      const kinds = new Map<string, number>();
      let [asked, answered, wrong, killed] = [0, 0, 0, 0];
      const pipesBefore = openPipes();
      const end = performance.now() + KILLING_MS;
      const goesOn = (): boolean => killed < KILLS && performance.now() < end;
      const client = async (): Promise<void> => {
        while (goesOn()) {
          const value = (asked += 1);
          // oxlint-disable-next-line no-await-in-loop -- a client waits for its answer
          const outcome = await outcomeOf(running, value);
          answered += 1;
          kinds.set(outcome.kind, (kinds.get(outcome.kind) ?? 0) + 1);
          if (outcome.kind === 'returned' && outcome.value !== value) wrong += 1;
        }
      };
      const killer = async (): Promise<void> => {
        while (goesOn()) {
          const pids = runnerPids();
          const pid = pids[Math.floor(Math.random() * pids.length)];
          if (pid !== undefined && killOf(pid)) killed += 1;
          // oxlint-disable-next-line no-await-in-loop -- one after the other, at random
          await sleep(Math.random() * 40);
          // With all of them dead there is no load, and the pool waits longer and longer before it tries again.
          // oxlint-disable-next-line no-await-in-loop
          await until(() => isReady(running) || performance.now() > end);
        }
      };
      await Promise.all([killer(), ...Array.from({ length: CLIENTS }, client)]);
      expect(answered).toBe(asked);
      expect(wrong).toBe(0);
      expect(killed).toBeGreaterThan(10);
      expect([...kinds.keys()].filter((kind) => !/^(?:returned|died|notStarted)$/.test(kind))).toEqual([]);
      expect(kinds.get('returned')).toBeGreaterThan(0);
      await until(() => isReady(running) && runnerPids().length >= 4);
      expect(await running.run('cb(1)')).toMatchObject({ kind: 'returned', value: 1 });
      // A pipe and standard error for each runner, and no more than it had for each before.
      expect(openPipes()).toBeLessThanOrEqual(pipesBefore + 2 * 12);
      await running.close();
      await until(() => runnerPids().length === 0);
      await until(() => openPipes() <= pipesBefore - 2);
      app = undefined;
    },
    KILLING_MS + 60_000,
  );
});

function isReady({ status }: SandboxApp): boolean {
  return status.state.problem === undefined;
}

async function outcomeOf(running: SandboxApp, value: number) {
  try {
    return await running.run(`setTimeout(cb, ${value % 5}, ${value})`);
  } catch (error) {
    if (!(error instanceof RunnerStartError)) throw error;
    // Refused at once; asking again at once would leave this process no time for anything else.
    await sleep(10);
    return { kind: 'notStarted' } as const;
  }
}

function killOf(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch {
    return false;
  }
}

describe('a runner that dies', () => {
  it('is replaced at once, and its script told', async () => {
    app = await SandboxApp.start({ minRunners: 1, maxRunners: 1 });
    const [pid = 0] = runnerPids();
    const outcome = app.run('console.log("so far"); for (;;);');
    await sleep(200);
    killOf(pid);
    expect(await outcome).toMatchObject({ kind: 'died', console: ['so far'] });
    expect(runnerPids().some((other) => other !== pid)).toBe(true);
  });

  it('before it had read its script is replaced by another that runs it', async () => {
    app = await SandboxApp.start({ minRunners: 1, maxRunners: 1 });
    // Stopped, it reads nothing; killed then, it ends with the script unread.
    const [pid = 0] = runnerPids();
    process.kill(pid, 'SIGSTOP');
    const outcome = app.run('cb(5)');
    await sleep(50);
    killOf(pid);
    expect(await outcome).toMatchObject({ kind: 'returned', value: 5 });
  });
});

describe('a runner that lies or floods', () => {
  it.each([
    ['bytes that are no frames', "require('fs').writeSync(3, Buffer.alloc(64, 255))"],
    ['an answer that nobody asked for', "require('fs').writeSync(3, Buffer.from([2, 0, 0, 0, 5, 49]))"],
    ['a flood', "for (;;) require('fs').writeSync(3, Buffer.alloc(65536, 1))"],
  ])('never becomes a runner of ours: %s', async (_, lie) => {
    const liar = join(folder(), 'node');
    writeFileSync(liar, `#!${process.execPath}\n${lie}; setInterval(() => {}, 1000);`);
    chmodSync(liar, 0o755);
    await expect(SandboxApp.start({ nodePath: liar })).rejects.toBeInstanceOf(RunnerStartError);
    await until(() => runnerPids().length === 0);
  });
});

describe('a node binary that is gone', () => {
  it('makes the sandbox not ready, each execution a clear error; and it is ready again when the binary is back', async () => {
    const node = join(folder(), 'node');
    symlinkSync(process.execPath, node);
    const running = await SandboxApp.start({ nodePath: node, minRunners: 1, maxRunners: 1 });
    app = running;
    expect(isReady(running)).toBe(true);
    rmSync(node);
    for (const pid of runnerPids()) killOf(pid);
    await until(() => !isReady(running));
    await expect(running.run('cb(1)')).rejects.toBeInstanceOf(RunnerStartError);
    expect(running.status.state.problem).toMatch(/ENOENT|No such file/);
    symlinkSync(process.execPath, node);
    await until(() => isReady(running));
    expect(await running.run('cb(1)')).toMatchObject({ kind: 'returned', value: 1 });
  });
});
