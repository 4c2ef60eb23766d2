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

const ONE = 'function f(cb) { cb(1) }';

/** The processes that there are after a script has run. */
async function runnersAfter(allowance: Allowance = {}): Promise<readonly number[]> {
  expect(await run(ONE, allowance)).toMatchObject({ kind: 'returned' });
  return runners();
}

describe('the sandbox, injected, with one process', () => {
  beforeAll(() => boot({ maxRunners: 1 }));
  afterAll(() => module.close());

  it('turns an execution into an outcome', async () => {
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
    const pids = await runnersAfter();
    expect(pids).toHaveLength(1);
    for (const pid of pids) expect(readFileSync(`/proc/${pid}/environ`, 'utf8')).toBe('');
  });

  it('kills a script at its deadline, with its process, and goes on with another', async () => {
    const [before] = await runnersAfter();
    const outcome = await run('console.log("so far"); for (;;);', { timeoutMs: 200 });
    expect(outcome).toMatchObject({ kind: 'timedOut', console: ['so far'] });
    expect(await runnersAfter()).not.toContain(before);
  });

  it('ends a script that goes on after its answer', async () => {
    const [before] = await runnersAfter();
    expect(await run('function f(cb) { cb(1); for (;;); }')).toMatchObject({ kind: 'returned', value: 1 });
    expect(await runnersAfter()).not.toContain(before);
  });

  it('cancels, also an endless loop and one that waits in line', async () => {
    const cancel = new AbortController();
    const looping = await begun('console.log("a"); for (;;);', { cancelled: cancel.signal });
    const waiting = run(ONE, { cancelled: cancel.signal });
    cancel.abort();
    expect(await looping.outcome).toMatchObject({ kind: 'cancelled', console: ['a'] });
    expect(await waiting).toMatchObject({ kind: 'cancelled', console: [] });
  });

  it('never serves two tenants from one process', async () => {
    const before = await runnersAfter({ tenant: 'a' });
    expect(before).toHaveLength(1);
    expect(await runnersAfter({ tenant: 'a' })).toEqual(before);
    expect(await runnersAfter({ tenant: 'b' })).not.toContain(before[0]);
  });

  it('answers when a process is killed under a script, and goes on', async () => {
    const running = await begun('console.log("a"); function f(cb) { setTimeout(cb, 5000) }');
    for (const pid of runners()) process.kill(pid, 'SIGKILL');
    expect(await running.outcome).toMatchObject({ kind: 'died', console: ['a'] });
    expect(await run(ONE)).toMatchObject({ kind: 'returned' });
  });

  it('does not start where its first process does not', async () => {
    await expect(
      Test.createTestingModule({ imports: [SandboxModule.forRoot({ nodePath: '/bin/false' })] })
        .compile()
        .then((broken) => broken.init()),
    ).rejects.toThrow('the runner process did not start');
  });
});

describe('the sandbox, injected', () => {
  afterEach(() => module.close());

  it('replaces a process after its share of executions', async () => {
    await boot({ maxRunners: 1, maxExecutionsPerRunner: 3 });
    const [before] = await runnersAfter();
    for (let i = 0; i < 3; i++) expect(await run(ONE)).toMatchObject({ value: 1 });
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

  it('leaves no process behind when the application closes', async () => {
    await boot({ minRunners: 3 });
    await begun('console.log("a"); for (;;);', { timeoutMs: 60_000 });
    await module.close();
    await until(() => runners().length === 0);
    expect(runners()).toEqual([]);
  });
});
