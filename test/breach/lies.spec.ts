/** Forging and flooding frames: what the service makes of a runner process that is the attacker's own. */
import { fileURLToPath } from 'node:url';
import type { Egress } from '../../src/sandbox/egress.js';
import { examineFooting } from '../../src/sandbox/pool/hardening/footing.js';
import { launchOf } from '../../src/sandbox/pool/launch.js';
import type { RunnerEnd } from '../../src/sandbox/pool/runner-end.js';
import { RunnerProcess } from '../../src/sandbox/pool/runner-process.js';
import type { Run } from '../../src/sandbox/pool/running-execution.js';
import { DEFAULT_SANDBOX_OPTIONS } from '../../src/sandbox/sandbox.options.js';
import { executeText } from '../../src/sandbox/boundary/messages.js';

const LIAR = fileURLToPath(new URL('./lying-runner.mjs', import.meta.url));
const TIMEOUT_MS = 500;
const BOUNDS = { ...DEFAULT_SANDBOX_OPTIONS, maxResultBytes: 1000 };
const footing = await examineFooting({ nodePath: process.execPath, toolDirs: [], firstUid: 60_578 });

/** An egress that takes every request, and answers none. */
const SILENT: Egress = {
  open: () => ({
    request: () => ({
      write: () => undefined,
      end: () => undefined,
      abort: () => undefined,
      pause: () => undefined,
      resume: () => undefined,
    }),
    close: () => undefined,
  }),
};

async function fateOf(lie: string, more: Omit<Partial<Run>, 'tenant'> = {}) {
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
  const text = [executeText(script, { modules: [] }, '{}')];
  const outcome = await runner.run({ tenant: 't', text, timeoutMs: TIMEOUT_MS, bounds: BOUNDS, ...more });
  // Each of them ends: at the lie, at the deadline, or because it does not rest after its answer.
  return { ...outcome, end: await gone, begun: runner.begun };
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
    'an answer after a lie',
    'two errors, of which the second is too long',
    'waiting with a megabyte',
    'waiting twice',
    'a limit with a megabyte',
    'a value that nobody asked for',
    'a frame of no length',
  ])('is killed for %s, and its execution died', async (lie) => {
    expect(await fateOf(lie)).toMatchObject({ kind: 'died', console: [], end: 'protocol_violation' });
  });

  it('has one answer, and is killed for a second', async () => {
    expect(await fateOf('two answers')).toMatchObject({
      kind: 'returned',
      value: 1,
      end: 'protocol_violation',
    });
  });

  it.each(['a console that is cut twice', 'a line after the console is cut'])(
    'is killed for %s',
    async (lie) => {
      expect(await fateOf(lie)).toMatchObject({
        kind: 'died',
        console: ['[console cut after 0 lines]'],
        end: 'protocol_violation',
      });
    },
  );

  it.each([
    'a request with a megabyte',
    'a flood of aborts',
    'a flood of ends',
    'a flood of credit',
    'credit for nothing',
    'a flood of bodies of requests that are over',
    'empty bodies',
  ])('is killed for %s, where there is a network', async (lie) => {
    const fate = await fateOf(lie, { egress: SILENT, timeoutMs: 20_000 });
    expect(fate).toMatchObject({ kind: 'died', end: 'protocol_violation' });
  });

  it('has its execution run by no other process, which it may have begun', async () => {
    expect(await fateOf('garbage')).toMatchObject({ begun: true });
  });

  it('gives no client a longer error than a runner of ours', async () => {
    expect(await fateOf('an error with long texts')).toMatchObject({
      kind: 'threw',
      thrown: {
        name: 'n'.repeat(65_536),
        message: 'm'.repeat(65_536),
        stack: 's'.repeat(65_536),
        excerpt: 'e'.repeat(65_536),
      },
    });
  });

  it('fills no memory with a flood of lines: it is killed at the first one too many', async () => {
    const before = process.memoryUsage().rss;
    const { kind, console, end } = await fateOf('a flood of lines', { timeoutMs: 20_000 });
    expect([kind, end]).toEqual(['died', 'protocol_violation']);
    expect(console.join('').length).toBeLessThan(5 * 1024 * 1024);
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024);
  });

  it('is killed for a flood of waiting', async () => {
    expect(await fateOf('a flood of waiting', { timeoutMs: 20_000 })).toMatchObject({
      kind: 'died',
      end: 'protocol_violation',
    });
  });

  it('is ended at its deadline after half a frame', async () => {
    expect(await fateOf('half a frame')).toMatchObject({ kind: 'timedOut', end: 'timedOut' });
  });
});
