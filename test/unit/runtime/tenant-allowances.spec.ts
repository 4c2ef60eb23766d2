import { executionOf } from '../../../src/runtime/execution-of.js';
import { DEFAULT_RUNTIME_OPTIONS } from '../../../src/runtime/runtime.options.js';
import { TenantAllowances } from '../../../src/runtime/tenant-allowances.provider.js';
import {
  NoPolicies,
  TenantPolicies,
  type TenantPolicy,
} from '../../../src/runtime/tenant-policies.provider.js';
import { boundsOf } from '../../../src/sandbox/pool/execution-bounds.js';
import { DEFAULT_SANDBOX_OPTIONS, type SandboxOptions } from '../../../src/sandbox/sandbox.options.js';
import type { ScriptRequest } from '../../../src/runtime/script.dto.js';

const OPTIONS: SandboxOptions = {
  ...DEFAULT_SANDBOX_OPTIONS,
  maxMemoryBytes: 256 * 2 ** 20,
  maxCpuMs: 500,
  maxResultBytes: 1000,
  maxConsoleLines: 10,
  maxConsoleBytes: 100,
  widest: { maxCpuMs: 900, maxResultBytes: 9000, maxConsoleLines: 90 },
};

class TablePolicies extends TenantPolicies {
  constructor(readonly table: Readonly<Record<string, TenantPolicy>>) {
    super();
  }
  override policyOf(tenant: string): TenantPolicy | undefined {
    return this.table[tenant];
  }
}

const script = { code: '', globals: {}, call: undefined, caller: undefined };
const allowlist = { modulesFor: () => ['lodash'] };

function allowancesOf(policies: TenantPolicies, sandbox = OPTIONS): TenantAllowances {
  return new TenantAllowances(
    policies,
    allowlist,
    { ...DEFAULT_RUNTIME_OPTIONS, timeoutMs: 1000, maxTimeoutMs: 3000 },
    sandbox,
  );
}

/** What an execution of the tenant may have at last, asked for with these options. */
function granted(policy: TenantPolicy | undefined, options?: ScriptRequest['options'], sandbox = OPTIONS) {
  const policies = policy === undefined ? new NoPolicies() : new TablePolicies({ a: policy });
  const execution = executionOf({ ...script, options }, allowancesOf(policies, sandbox).of('a'));
  const bounds = boundsOf(execution, sandbox, sandbox.widest);
  return {
    timeout: execution.timeoutMs,
    cpu: bounds.maxCpuMs,
    memory: bounds.maxMemoryBytes / 2 ** 20,
    result: bounds.maxResultBytes,
    lines: bounds.maxConsoleLines,
    bytes: bounds.maxConsoleBytes,
    isolation: execution.isolation,
  };
}

const fieldsOf = (grant: () => unknown): unknown => {
  try {
    grant();
  } catch (error) {
    return (error as { data: { fields: unknown } }).data.fields;
  }
  return undefined;
};

describe('what an execution may have', () => {
  it('is what the operator set, where nobody says more', () => {
    const usual = { timeout: 1000, cpu: 500, memory: 256, result: 1000, lines: 10, bytes: 100 };
    expect(granted(undefined)).toEqual(usual);
    expect(granted({})).toEqual(usual);
    expect(granted({}, {})).toEqual(usual);
  });

  it('is widened by a request as far as the operator lets it', () => {
    expect(granted(undefined, { timeout: 3000, cpu: 900, result: 9000, console: { lines: 90 } })).toEqual({
      timeout: 3000,
      cpu: 900,
      memory: 256,
      result: 9000,
      lines: 90,
      bytes: 100,
    });
  });

  it('is refused beyond, with each field and its bound', () => {
    const options = {
      timeout: 3001,
      cpu: 901,
      memory: 257,
      result: 9001,
      console: { lines: 91, bytes: 101 },
      isolation: 'context',
    } as const;
    expect(fieldsOf(() => granted(undefined, options, { ...OPTIONS, isolation: 'process' }))).toEqual([
      { field: 'options.timeout', problem: 'must be at most 3000' },
      { field: 'options.cpu', problem: 'must be at most 900' },
      { field: 'options.memory', problem: 'must be at most 256' },
      { field: 'options.result', problem: 'must be at most 9000' },
      { field: 'options.console.lines', problem: 'must be at most 90' },
      { field: 'options.console.bytes', problem: 'must be at most 100' },
      { field: 'options.isolation', problem: 'must be "process"' },
    ]);
  });

  it('cannot be widened where nothing lets it', () => {
    const narrow = { ...OPTIONS, widest: {} };
    expect(fieldsOf(() => granted(undefined, { result: 1001 }, narrow))).toEqual([
      { field: 'options.result', problem: 'must be at most 1000' },
    ]);
    expect(granted({ limits: { result: 5000 } }, undefined, narrow).result).toBe(1000);
  });

  it('has no bound of the processor where the operator set none', () => {
    const free = { ...OPTIONS, maxCpuMs: undefined, widest: {} };
    expect(granted(undefined, { cpu: 1e9 }, free).cpu).toBe(1e9);
  });

  const limits = {
    timeout: 2000,
    cpu: 100,
    memory: 128,
    result: 5000,
    console: { lines: 0 },
    isolation: 'process',
  } as const;

  it('is what its tenant’s policy says, narrower or wider', () => {
    expect(granted({ limits })).toEqual({
      timeout: 2000,
      cpu: 100,
      memory: 128,
      result: 5000,
      lines: 0,
      bytes: 100,
      isolation: 'process',
    });
  });

  it('is narrowed by a request, which cannot go beyond its tenant’s limits', () => {
    expect(granted({ limits }, { timeout: 5, result: 4000 })).toMatchObject({
      timeout: 5,
      cpu: 100,
      result: 4000,
      lines: 0,
      isolation: 'process',
    });
    const options = { timeout: 2001, cpu: 101, memory: 129, isolation: 'context' } as const;
    expect(fieldsOf(() => granted({ limits }, options))).toHaveLength(4);
  });

  it('never exceeds the operator’s upper bound, whatever a policy says', () => {
    const wild = { timeout: 1e6, cpu: 1e6, memory: 1e6, result: 1e6, console: { lines: 1e6, bytes: 1e6 } };
    expect(granted({ limits: wild })).toEqual({
      timeout: 3000,
      cpu: 900,
      memory: 256,
      result: 9000,
      lines: 90,
      bytes: 100,
    });
  });
});

describe('what a tenant may have', () => {
  it('are the modules of its policy, else those of the allowlist', () => {
    const allowances = allowancesOf(
      new TablePolicies({ own: { modules: ['path'] }, closed: { modules: [] } }),
    );
    expect(['own', 'closed', 'none'].map((tenant) => allowances.of(tenant).modules)).toEqual([
      ['path'],
      [],
      ['lodash'],
    ]);
  });

  it('is what its policy says at that moment', () => {
    const table: Record<string, TenantPolicy> = { a: { concurrency: 1, rate: { perSecond: 1, burst: 1 } } };
    const allowances = allowancesOf(new TablePolicies(table));
    expect(allowances.of('a')).toMatchObject({
      concurrency: 1,
      rate: { perSecond: 1 },
      usual: { timeoutMs: 1000 },
    });
    table['a'] = { concurrency: 2, limits: { timeout: 50 } };
    expect(allowances.of('a')).toMatchObject({ concurrency: 2, rate: undefined, usual: { timeoutMs: 50 } });
  });
});
