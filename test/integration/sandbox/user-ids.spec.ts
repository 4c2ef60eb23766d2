/** What the kernel is told of each runner process: whose it is, and that it is to die before the gateway. */
// oxlint-disable jest/no-standalone-expect -- in tests that need root or Linux
import { readFileSync } from 'node:fs';
import { innermost, killNow, runnerPids } from '../../support/processes.js';
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

const TOOLS = (process.env.SANDBOX_TOOLS ?? '/usr/local/bin:/usr/bin:/bin').split(':');
const itAsRoot = process.getuid?.() === 0 ? it : it.skip;
const itOnLinux = process.platform === 'linux' ? it : it.skip;
let app: SandboxApp | undefined;

afterEach(async () => {
  await app?.close();
  app = undefined;
});

const read = (pid: number, name: string): string => readFileSync(`/proc/${pid}/${name}`, 'latin1').trim();

function uidOf(pid: number): number {
  return Number(/^Uid:\s+(\d+)/m.exec(read(pid, 'status'))?.[1]);
}

function scoresOf(pids: readonly number[]): readonly string[] {
  return pids.flatMap((pid) => [pid, innermost(pid)]).map((pid) => read(pid, 'oom_score_adj'));
}

describe('runner processes', () => {
  itAsRoot('never share a user id, however many were started and ended before', async () => {
    app = await SandboxApp.start({ minRunners: 3, maxRunners: 6, toolDirs: TOOLS });
    for (let round = 0; round < 4; round++) {
      await until(() => runnerPids().length >= 3);
      const uids = runnerPids().map(uidOf);
      expect(new Set(uids).size).toBe(uids.length);
      for (const uid of uids) expect(uid).toBeGreaterThanOrEqual(60_578);
      const [first = 0] = runnerPids();
      killNow(first);
      expect(await app.run('cb(1)', { tenant: `t${round}`, isolation: 'process' })).toMatchObject({
        value: 1,
      });
    }
  });

  for (const [level, toolDirs] of [
    ['context', TOOLS],
    ['process', TOOLS],
    ['context', []],
    ['process', []],
  ] as const)
    itOnLinux(
      `are killed before the gateway where memory is short: level ${level}, ${toolDirs.length > 0 ? 'with' : 'without'} tools`,
      async () => {
        const own = read(process.pid, 'oom_score_adj');
        app = await SandboxApp.start({ minRunners: 2, isolation: level, toolDirs });
        await app.run('cb(1)');
        // Of two runners, each with its innermost process; one that was for one script is replaced meanwhile.
        await until(() => scoresOf(runnerPids()).filter((score) => score === '1000').length >= 4);
        expect(new Set(scoresOf(runnerPids()))).toEqual(new Set(['1000']));
        expect(read(process.pid, 'oom_score_adj')).toBe(own);
      },
    );
});
