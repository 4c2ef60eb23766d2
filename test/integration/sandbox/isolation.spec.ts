/** What is fresh for each execution: a context by default, the process itself where it is asked for. */
import type { Execution, SandboxOptions } from '../../../src/sandbox/index.js';
import { runnerPids } from '../../support/processes.js';
import { SandboxApp } from '../../support/sandbox-app.js';
import { until } from '../../support/until.js';

let app: SandboxApp;

async function start(options: Partial<SandboxOptions> = {}): Promise<void> {
  app = await SandboxApp.start({ minRunners: 2, maxRunners: 4, ...options });
}

afterEach(() => app.close());

/** Runs as many scripts one after the other, each only when a process of before, or of its time, has ended. */
async function endedBy(executions: number, more: Partial<Execution>): Promise<Set<number>> {
  const ended = new Set<number>();
  for (let i = 0; i < executions; i++) {
    const seen = new Set(runnerPids());
    const looking = setInterval(() => runnerPids().forEach((pid) => seen.add(pid)), 5);
    const gone = (): number[] => [...seen].filter((pid) => !runnerPids().includes(pid));
    expect(await app.run('', { script: scriptOf(i), ...more })).toMatchObject({ kind: 'returned', value: i });
    await until(() => gone().length > 0);
    clearInterval(looking);
    for (const pid of gone()) ended.add(pid);
  }
  return ended;
}

const scriptOf = (i: number) => ({
  code: 'function f(cb) { setTimeout(cb, 50, i) }',
  globals: { i },
  call: 'f',
  caller: undefined,
});

describe('level context', () => {
  it('keeps the process for the tenant’s next script', async () => {
    await start({ minRunners: 1, maxRunners: 1 });
    const before = runnerPids();
    for (let i = 0; i < 3; i++) await app.run('cb(1)');
    expect(runnerPids()).toEqual(before);
  });
});

describe('level process', () => {
  it.each([
    ['where the sandbox is set so', { isolation: 'process' }, {}],
    ['where an execution asks for it', {}, { isolation: 'process' }],
    ['where an execution asks for less', { isolation: 'process' }, { isolation: 'context' }],
  ] as const)('gives each script a process that ends with it, %s', async (_, options, more) => {
    await start(options);
    expect((await endedBy(3, more)).size).toBe(3);
  });

  it('gives a script no process in which another has run', async () => {
    await start({ minRunners: 1, maxRunners: 1 });
    const [first] = runnerPids();
    await app.run('cb(1)');
    await app.run('cb(2)', { isolation: 'process' });
    expect(runnerPids()).not.toContain(first);
  });

  it('serves many at once, from as many processes as there may be', async () => {
    await start({ isolation: 'process' });
    const outcomes = await Promise.all(Array.from({ length: 12 }, (_, i) => app.run(`cb(${i})`)));
    expect(outcomes.map((outcome) => outcome.kind === 'returned' && outcome.value)).toEqual(
      Array.from({ length: 12 }, (_, i) => i),
    );
  });
});
