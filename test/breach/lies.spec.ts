/** Forging and flooding frames: what the service makes of a runner process that is the attacker's own. */
import { fileURLToPath } from 'node:url';
import { examineFooting } from '../../src/sandbox/pool/ladder/footing.js';
import { launchOf } from '../../src/sandbox/pool/launch.js';
import type { RunnerEnd } from '../../src/sandbox/pool/runner-end.js';
import { RunnerProcess } from '../../src/sandbox/pool/runner-process.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../src/sandbox/sandbox.options.js';
import { executeText } from '../../src/sandbox/runner/messages.js';

const LIAR = fileURLToPath(new URL('./lying-runner.mjs', import.meta.url));
const TIMEOUT_MS = 500;
const BOUNDS = { ...DEFAULT_SANDBOX_OPTIONS, maxResultBytes: 1000 };
const footing = await examineFooting({ nodePath: process.execPath, toolDirs: [], firstUid: 60_578 });

async function fateOf(lie: string) {
  const { file, args, options } = launchOf({
    footing,
    layers: new Set(),
    folders: [],
    limits: {},
    program: 'main',
  });
  const runner = new RunnerProcess({ file, args: [...args.slice(0, -1), LIAR], options }, [], BOUNDS);
  await runner.started;
  const gone = new Promise<RunnerEnd>((resolve) => {
    runner.listen({
      idle: () => undefined,
      waiting: () => undefined,
      hogging: () => undefined,
      gone: resolve,
    });
  });
  const script = { code: lie, globals: {}, call: undefined, caller: undefined };
  const text = executeText(script, { modules: [] }, '{}');
  const outcome = await runner.run({ text, timeoutMs: TIMEOUT_MS, bounds: BOUNDS });
  // Each of them ends: at the lie, at the deadline, or because it does not rest after its answer.
  return { ...outcome, end: await gone };
}

describe('a runner process that lies', () => {
  it.each([
    'garbage',
    'a frame of 4 GiB',
    'an unknown kind',
    'a value that is no JSON',
    'a thrown value that is none',
    'ready again',
    'idle before an answer',
    'a request where there is no network',
  ])('is killed for %s, and its execution died', async (lie) => {
    expect(await fateOf(lie)).toMatchObject({ kind: 'died', console: [], end: 'lied' });
  });

  it('has one answer, and is killed for a second', async () => {
    expect(await fateOf('two answers')).toMatchObject({ kind: 'returned', value: 1, end: 'lied' });
  });

  it('fills no memory with a flood of lines before its deadline', async () => {
    const before = process.memoryUsage().rss;
    const { kind, console } = await fateOf('a flood of lines');
    expect(kind).toBe('timedOut');
    expect(console.join('').length).toBeLessThan(5 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it.each(['a flood of waiting', 'half a frame'])('is ended at its deadline after %s', async (lie) => {
    expect(await fateOf(lie)).toMatchObject({ kind: 'timedOut', end: 'timedOut' });
  });
});
