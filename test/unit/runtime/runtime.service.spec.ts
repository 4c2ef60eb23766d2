import { Test } from '@nestjs/testing';
import { DuplexError } from '../../../src/protocol/errors.js';
import { ExecutionFeed } from '../../../src/runtime/execution-feed.service.js';
import type { ExecutionRecord } from '../../../src/runtime/execution-record.js';
import { PreparedScripts } from '../../../src/runtime/prepared-scripts.service.js';
import { DEFAULT_RUNTIME_OPTIONS, RUNTIME_OPTIONS } from '../../../src/runtime/runtime.options.js';
import { MemoryBudget } from '../../../src/memory-budget/index.js';
import { RuntimeService } from '../../../src/runtime/runtime.service.js';
import { TenantAllowances } from '../../../src/runtime/tenant-allowances.provider.js';
import { NoPolicies, TenantPolicies } from '../../../src/runtime/tenant-policies.provider.js';
import {
  ModuleAllowlistProvider,
  RunnerStartError,
  SandboxBusyError,
  SandboxClosedError,
  SandboxService,
  type Script,
} from '../../../src/sandbox/index.js';
import { FakeSandbox, untilCancelled } from '../../support/fake-sandbox.js';

/** A tenant's list changes with each question, as an implementation's may. */
class CountingAllowlist extends ModuleAllowlistProvider {
  #asked = 0;
  override modulesFor(tenant: string): readonly string[] {
    this.#asked += 1;
    return [`${tenant}-${this.#asked}`];
  }
}

const script: Script = { code: 'var f', globals: { a: 1 }, call: 'f', caller: undefined };

async function setUp(): Promise<{
  runtime: RuntimeService;
  sandbox: FakeSandbox;
  feed: ExecutionFeed;
  logged: unknown[];
}> {
  const logged: unknown[] = [];
  const note = (entry: unknown) => logged.push(entry);
  const app = await Test.createTestingModule({
    providers: [
      RuntimeService,
      { provide: MemoryBudget, useValue: new MemoryBudget(2 ** 20) },
      ExecutionFeed,
      PreparedScripts,
      TenantAllowances,
      { provide: TenantPolicies, useClass: NoPolicies },
      { provide: SandboxService, useClass: FakeSandbox },
      { provide: ModuleAllowlistProvider, useClass: CountingAllowlist },
      { provide: RUNTIME_OPTIONS, useValue: { ...DEFAULT_RUNTIME_OPTIONS, timeoutMs: 1234 } },
    ],
  })
    .setLogger({ log: note, warn: note, error: note })
    .compile();
  logged.length = 0;
  return {
    runtime: app.get(RuntimeService),
    sandbox: app.get<FakeSandbox>(SandboxService),
    feed: app.get(ExecutionFeed),
    logged,
  };
}

describe('RuntimeService', () => {
  it('gives the sandbox the script, the tenant, its modules and the time', async () => {
    const { runtime, sandbox } = await setUp();
    await runtime.execute(script, 'team-red');
    expect(sandbox.executions).toEqual([
      { script, tenant: 'team-red', modules: ['team-red-1'], modulesFrom: 'setting', timeoutMs: 1234 },
    ]);
    expect(sandbox.executions[0]?.script).toBe(script);
  });

  it('reads the allowlist for each execution', async () => {
    const { runtime, sandbox } = await setUp();
    await runtime.execute(script, 'a');
    await runtime.execute(script, 'b');
    expect(sandbox.executions.map(({ modules }) => modules)).toEqual([['a-1'], ['b-2']]);
  });

  it('makes a result of what was returned', async () => {
    const { runtime } = await setUp();
    expect(await runtime.execute(script, 'default')).toEqual({ value: 42, console: ['hello'], time: 1 });
  });

  it('makes an error of any other outcome', async () => {
    const { runtime, sandbox } = await setUp();
    sandbox.answer = () => ({ kind: 'timedOut', limit: 'wall', console: ['so far'] });
    await expect(runtime.execute(script, 'default')).rejects.toEqual(
      new DuplexError(1002, 'Timeout', { limit: 'wall', console: ['so far'] }),
    );
  });

  it('hands on the cancelling', async () => {
    const { runtime, sandbox } = await setUp();
    sandbox.answer = untilCancelled;
    const cancel = new AbortController();
    const execution = runtime.execute(script, 'default', cancel.signal);
    cancel.abort();
    await expect(execution).rejects.toMatchObject({ code: 1004, message: 'Cancelled' });
  });

  it('runs nothing of what is cancelled before it begins', async () => {
    const { runtime, sandbox, feed } = await setUp();
    const records: ExecutionRecord[] = [];
    feed.watch({ executed: (record) => records.push(record) });
    const cancelled = AbortSignal.abort();
    const error = new DuplexError(1004, 'Cancelled', { console: [] });
    await expect(runtime.execute(script, 'default', cancelled)).rejects.toEqual(error);
    await expect(runtime.prepare(script, 'default', cancelled)).rejects.toEqual(error);
    expect(sandbox.executions).toEqual([]);
    expect(records).toMatchObject([
      { method: 'runtime.execute', outcome: 'cancelled' },
      { method: 'runtime.prepare', outcome: 'cancelled' },
    ]);
  });

  it('records what was prepared, and what was refused before it came to the sandbox', async () => {
    const { runtime, feed } = await setUp();
    const records: ExecutionRecord[] = [];
    feed.watch({ executed: (record) => records.push(record) });
    const { script: id } = await runtime.prepare(script, 'a');
    await runtime.prepare(script, 'a');
    const unknown = { script: `${id.slice(0, -1)}x`, globals: {}, call: undefined };
    await expect(runtime.execute(unknown, 'a')).rejects.toMatchObject({ code: 1104 });
    const excess = { ...script, options: { timeout: 9999 } };
    await expect(runtime.execute(excess, 'a')).rejects.toMatchObject({ code: 1100 });
    const large = { ...script, code: ' '.repeat(DEFAULT_RUNTIME_OPTIONS.preparedTenantBytes) };
    await expect(runtime.prepare(large, 'a')).rejects.toMatchObject({ code: 1003 });
    expect(records).toMatchObject([
      { method: 'runtime.prepare', outcome: 'returned', code: undefined },
      { method: 'runtime.prepare', outcome: 'returned', code: undefined },
      { method: 'runtime.execute', outcome: 'unknownScript', code: 1104 },
      { method: 'runtime.execute', outcome: 'invalid', code: 1100 },
      { method: 'runtime.prepare', outcome: 'exhausted', limit: 'prepared', code: 1003 },
    ]);
  });

  it.each([
    { error: new SandboxBusyError(3, 20), code: 1200 },
    { error: new SandboxClosedError(), code: 1202 },
    { error: new RunnerStartError('spawn EACCES'), code: 1201 },
  ])('answers $error.name of the sandbox with $code', async ({ error, code }) => {
    const { runtime, sandbox } = await setUp();
    sandbox.answer = () => Promise.reject(error);
    await expect(runtime.execute(script, 'default')).rejects.toMatchObject({ name: 'DuplexError', code });
  });

  it('logs why a runner did not start, and does not tell the client', async () => {
    const { runtime, sandbox, logged } = await setUp();
    const error = new RunnerStartError('spawn /opt/node EACCES');
    sandbox.answer = () => Promise.reject(error);
    const answer: unknown = await runtime.execute(script, 'default').catch((refusal: unknown) => refusal);
    expect(JSON.stringify(answer)).not.toContain('EACCES');
    expect(logged).toEqual([error]);
  });

  it('logs nothing of scripts, nor of a busy sandbox', async () => {
    const { runtime, sandbox, logged } = await setUp();
    await runtime.execute(script, 'default');
    sandbox.answer = () => Promise.reject(new SandboxBusyError(3, 20));
    await expect(runtime.execute(script, 'default')).rejects.toMatchObject({ code: 1200 });
    expect(logged).toEqual([]);
  });

  it('leaves an unexpected error as it is, for the filter to hide', async () => {
    const { runtime, sandbox } = await setUp();
    const bug = new Error('bug');
    sandbox.answer = () => {
      throw bug;
    };
    await expect(runtime.execute(script, 'default')).rejects.toBe(bug);
  });

  it('records each execution, with where its time went', async () => {
    const { runtime, sandbox, feed } = await setUp();
    const records: ExecutionRecord[] = [];
    feed.watch({ executed: (record) => records.push(record) });
    const usage = { queuedMs: 1, startMs: 2, runMs: 3, cpuMs: 0, memoryBytes: 0 };
    await runtime.execute(script, 'a');
    sandbox.answer = () => ({ kind: 'exhausted', limit: 'memory', console: ['line'], usage });
    await expect(runtime.execute(script, 'b')).rejects.toMatchObject({ code: 1003 });
    expect(records).toMatchObject([
      { tenant: 'a', outcome: 'returned', code: undefined, limit: undefined, usage: undefined },
      { tenant: 'b', outcome: 'exhausted', code: 1003, limit: 'memory', usage, requestBytes: 0 },
    ]);
    expect(JSON.stringify(records)).not.toContain('line');
    for (const { receivedAt, askedAt, endedAt, answeredAt } of records) {
      expect([receivedAt, askedAt, endedAt, answeredAt]).toEqual(
        [receivedAt, askedAt, endedAt, answeredAt].toSorted((a, b) => a - b),
      );
    }
  });

  it.each([
    { error: new SandboxBusyError(3, 20), outcome: 'busy', code: 1200 },
    { error: new SandboxClosedError(), outcome: 'shuttingDown', code: 1202 },
    { error: new RunnerStartError('spawn EACCES'), outcome: 'failed', code: 1201 },
    { error: new Error('bug'), outcome: 'internal', code: undefined },
  ])('records an execution that was not run for $error.name as $outcome', async ({ error, ...record }) => {
    const { runtime, sandbox, feed } = await setUp();
    const records: ExecutionRecord[] = [];
    feed.watch({ executed: (told) => records.push(told) });
    sandbox.answer = () => Promise.reject(error);
    await expect(runtime.execute(script, 'default')).rejects.toBeInstanceOf(Error);
    expect(records).toMatchObject([{ ...record, usage: undefined }]);
  });

  it('replies even if an observer throws, logs the error, and notifies the other observers', async () => {
    const { runtime, feed, logged } = await setUp();
    const fault = new Error('an observer’s');
    const told: string[] = [];
    feed.watch({
      executed: () => {
        throw fault;
      },
    });
    feed.watch({ executed: ({ outcome }) => told.push(outcome) });
    expect(await runtime.execute(script, 'default')).toHaveProperty('value', 42);
    expect(told).toEqual(['returned']);
    expect(logged).toEqual([fault]);
  });
});
