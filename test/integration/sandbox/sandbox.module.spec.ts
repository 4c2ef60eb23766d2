/** The sandbox through dependency injection: no gateway, no socket, real runner processes. */
import { readFileSync } from 'node:fs';
import { Test, type TestingModule } from '@nestjs/testing';
import {
  SandboxModule,
  SandboxService,
  type ConsoleLine,
  type Outcome,
  type SandboxOptions,
  type Script,
} from '../../../src/sandbox/index.js';
import { runnerPids as runners } from '../../support/processes.js';
import { until } from '../../support/until.js';

let module: TestingModule;
let sandbox: SandboxService;

async function boot(options: Partial<SandboxOptions> = {}): Promise<void> {
  module = await Test.createTestingModule({
    imports: [SandboxModule.forRoot({ minRunners: 1, maxRunners: 4, ...options })],
  }).compile();
  await module.init();
  sandbox = module.get(SandboxService);
}

afterEach(async () => {
  await module.close();
});

interface Allowance {
  /** Called with each line of console as it comes. */
  readonly hear?: (line: string) => void;
  readonly timeoutMs?: number;
  readonly tenant?: string;
  readonly cancelled?: AbortSignal;
}

function run(
  code: string,
  { timeoutMs = 5000, tenant = 't', cancelled, hear }: Allowance = {},
): Promise<Outcome> {
  const script: Script = { code, globals: {}, call: 'f', caller: undefined };
  const watcher = hear && {
    console: ({ text }: ConsoleLine) => {
      hear(text);
      return undefined;
    },
  };
  return sandbox.run({ script, modules: ['*'], timeoutMs, tenant }, cancelled, watcher);
}

/** Begins to run a script that writes to its console; resolves once it has. */
async function begun(
  code: string,
  allowance: Allowance = {},
): Promise<{ readonly outcome: Promise<Outcome> }> {
  return new Promise((resolve) => {
    const outcome = run(code, { ...allowance, hear: () => resolve({ outcome }) });
  });
}

describe('the sandbox, injected', () => {
  it('turns an execution into an outcome', async () => {
    await boot();
    expect(await run('function f(cb) { console.log("a"); cb([1]) }')).toEqual({
      kind: 'returned',
      value: [1],
      console: ['a'],
      timeMs: expect.any(Number),
      usage: {
        queuedMs: expect.any(Number),
        startMs: expect.any(Number),
        runMs: expect.any(Number),
        cpuMs: expect.any(Number),
        memoryBytes: expect.any(Number),
      },
    });
  });

  it('gives its processes an empty environment', async () => {
    await boot();
    for (const pid of runners()) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
    expect(runners()).not.toHaveLength(0);
  });

  it('kills a script at its deadline, with its process, and goes on with another', async () => {
    await boot({ maxRunners: 1 });
    const [before] = runners();
    const outcome = await run('console.log("so far"); for (;;);', { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind: 'timedOut', console: ['so far'] });
    expect(await run('function f(cb) { cb(1) }')).toMatchObject({ kind: 'returned' });
    expect(runners()).not.toContain(before);
  });

  it('ends a script that goes on after its answer', async () => {
    await boot({ maxRunners: 1 });
    const [before] = runners();
    expect(await run('function f(cb) { cb(1); for (;;); }')).toMatchObject({ kind: 'returned', value: 1 });
    expect(await run('function f(cb) { cb(2) }')).toMatchObject({ kind: 'returned', value: 2 });
    expect(runners()).not.toContain(before);
  });

  it('cancels, also an endless loop and one that waits in line', async () => {
    await boot({ maxRunners: 1 });
    const cancel = new AbortController();
    const looping = await begun('console.log("a"); for (;;);', { cancelled: cancel.signal });
    const waiting = run('function f(cb) { cb(1) }', { cancelled: cancel.signal });
    cancel.abort();
    expect(await looping.outcome).toMatchObject({ kind: 'cancelled', console: ['a'] });
    expect(await waiting).toMatchObject({ kind: 'cancelled', console: [] });
  });

  it('never serves two tenants from one process', async () => {
    await boot({ maxRunners: 1 });
    const [before] = runners();
    await run('function f(cb) { cb() }', { tenant: 'a' });
    expect(runners()).toEqual([before]);
    await run('function f(cb) { cb() }', { tenant: 'b' });
    expect(runners()).not.toContain(before);
  });

  it('replaces a process after its share of executions', async () => {
    await boot({ maxRunners: 1, maxExecutionsPerRunner: 3 });
    const [before] = runners();
    for (let i = 0; i < 4; i++) expect(await run('function f(cb) { cb(1) }')).toMatchObject({ value: 1 });
    expect(runners()).not.toContain(before);
  });

  it('says busy when too many wait', async () => {
    await boot({ maxRunners: 1, queueSize: 1, queueTimeoutMs: 150 });
    const first = run('function f(cb) { setTimeout(cb, 400) }');
    const second = run('function f(cb) { cb() }');
    await expect(run('function f(cb) { cb() }')).rejects.toMatchObject({
      name: 'SandboxBusyError',
      queued: 1,
    });
    await expect(second).rejects.toMatchObject({ name: 'SandboxBusyError' });
    expect(await first).toMatchObject({ kind: 'returned' });
  });

  it('answers when a process is killed under a script, and goes on', async () => {
    await boot();
    const running = await begun('console.log("a"); function f(cb) { setTimeout(cb, 5000) }');
    for (const pid of runners()) process.kill(pid, 'SIGKILL');
    expect(await running.outcome).toMatchObject({ kind: 'died', console: ['a'] });
    expect(await run('function f(cb) { cb(1) }')).toMatchObject({ kind: 'returned' });
  });

  it('leaves no process behind when the application closes', async () => {
    await boot({ minRunners: 3 });
    await begun('console.log("a"); for (;;);', { timeoutMs: 60_000 });
    await module.close();
    await until(() => runners().length === 0);
    expect(runners()).toEqual([]);
  });

  it('does not start where its first process does not', async () => {
    await boot();
    await expect(
      Test.createTestingModule({ imports: [SandboxModule.forRoot({ nodePath: '/bin/false' })] })
        .compile()
        .then((broken) => broken.init()),
    ).rejects.toThrow('the runner process did not start');
  });
});
