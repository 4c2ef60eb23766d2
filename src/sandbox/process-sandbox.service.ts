import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { cores } from '../config/index.js';
import { JsonText } from '../json-text/index.js';
import { CodeCache } from './code-cache/code-cache.service.js';
import type { Execution, ExecutionWatcher, Outcome } from './execution.js';
import { SandboxGuarantees } from './guarantees/sandbox-guarantees.service.js';
import { InstalledModules } from './packages/installed-modules.service.js';
import { ceilingOf, type Limits } from './limits.js';
import { compileExcess, executeFrame, limitsOf } from './pool/execute-frame.js';
import type { PreparedTexts } from './pool/given-scripts.js';
import { RunnerPool } from './pool/runner-pool.js';
import { RunnerProcess } from './pool/runner-process.js';
import type { RunRequest } from './pool/running-execution.js';
import { UsageWatch } from './pool/usage-watch.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
import { type SandboxState, SandboxStatus } from './sandbox-status.provider.js';
import { SandboxService } from './sandbox.service.js';

/** The sandbox on runner processes: each execution in a fresh context, in a process of its own tenant. */
@Injectable()
export class ProcessSandboxService extends SandboxService implements OnModuleInit, OnApplicationShutdown {
  readonly #pool: RunnerPool<RunnerProcess>;
  readonly #watch = new UsageWatch();
  readonly #ceiling: Limits;

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly installed: InstalledModules,
    private readonly guarantees: SandboxGuarantees,
    private readonly status: SandboxStatus,
    private readonly codeCache: CodeCache,
  ) {
    super();
    this.#ceiling = ceilingOf(options);
    this.#pool = new RunnerPool(
      (singleUse) =>
        new RunnerProcess(
          this.guarantees.launch(singleUse ? 'process' : 'context', this.codeCache.folder),
          this.installed.packages,
          options,
          this.codeCache.folder,
        ),
      { ...options, singleUse: options.isolation === 'process', cores: cores() },
    );
  }

  /** Tries what the machine keeps scripts from, and starts the warm runners; the application does not start without a first one. */
  async onModuleInit(): Promise<void> {
    await this.installed.loaded();
    this.installed.onReload(() => this.#pool.recycle());
    // Before the first runner process: none is launched with less than what was tried.
    await this.guarantees.establish();
    await this.codeCache.open();
    await this.#pool.start();
    this.status.follow(() => this.#state());
  }

  /** Called after the last reply was given. */
  onApplicationShutdown(): void {
    this.#pool.close();
    this.#watch.stop();
  }

  override async run(
    execution: Execution,
    cancelled?: AbortSignal,
    watcher?: ExecutionWatcher,
  ): Promise<Outcome> {
    // Before the wait for a runner: a script that is too large waits for nothing.
    const limits = limitsOf(execution, this.options, this.#ceiling);
    const frame = executeFrame(execution, limits, this.options, watcher);
    if ('kind' in frame) return frame;
    const { tenant, timeoutMs, functions, hostTime, egress, reuse } = execution;
    const outcome = await this.#runOn(execution, {
      frame,
      tenant,
      limits,
      timeoutMs,
      functions,
      hostTime,
      egress,
      prepared: preparedTexts(execution),
      reuse,
      consoleExcess: this.options.consoleExcess,
      cancelled,
      watcher,
    });
    return execution.takesText === true ? outcome : parsed(outcome);
  }

  override async prepare(execution: Execution, cancelled?: AbortSignal): Promise<Outcome> {
    const excess = compileExcess(execution, this.options);
    if (excess !== undefined) return excess;
    const { tenant, timeoutMs, script } = execution;
    return this.#runOn(execution, {
      frame: { compiles: script },
      tenant,
      limits: limitsOf(execution, this.options, this.#ceiling),
      timeoutMs,
      prepared: preparedTexts(execution),
      consoleExcess: this.options.consoleExcess,
      cancelled,
    });
  }

  override release(tenant: string): void {
    this.#pool.recycle(tenant);
  }

  override get reuses(): boolean {
    return this.options.isolation === 'context';
  }

  /** Leases a runner, and runs an execution on it; on a second one when the first ended before it had begun. */
  async #runOn(
    { tenant, isolation, concurrency, prepared, reuse }: Execution,
    request: RunRequest,
  ): Promise<Outcome> {
    const singleUse = this.options.isolation === 'process' || isolation === 'process';
    const lease = { tenant, singleUse, concurrency, context: reuse === true ? prepared : undefined };
    const askedAt = performance.now();
    for (let retried = false; ; retried = true) {
      const leased = this.#pool.lease(lease, request.cancelled);
      const runner = leased instanceof RunnerProcess ? leased : await leased;
      if (runner === undefined) return { kind: 'cancelled', console: [] };
      this.#watch.add(runner);
      const leasedAt = performance.now();
      let outcome: Outcome;
      try {
        outcome = await runner.run(request);
      } finally {
        this.#watch.delete(runner);
        if (singleUse) runner.kill('single_use');
      }
      // Whatever ended the process, it was not this script: nothing of it has run.
      const isEnded = outcome.kind === 'died' || outcome.kind === 'exhausted';
      if (isEnded && !retried && !runner.begun) continue;
      const startMs = leased === runner ? 0 : runner.start.msBetween(askedAt, leasedAt);
      const queuedMs = leasedAt - askedAt - startMs;
      const runMs = performance.now() - leasedAt;
      const { cpuMs, memoryBytes } = runner.lastUse;
      return { ...outcome, usage: { queuedMs, startMs, runMs, cpuMs, memoryBytes } };
    }
  }

  #state(): SandboxState {
    const { maxRunners, queueSize } = this.options;
    const { problem, runners, tally, queued } = this.#pool;
    return { problem, runners, tally, maxRunners, queued, queueSize };
  }
}

function preparedTexts({ prepared: id, script }: Execution): PreparedTexts | undefined {
  if (id === undefined) return undefined;
  const { code, language, caller } = script;
  return { script: id, code, language, caller };
}

/** The same outcome with its value parsed, however long that takes. */
function parsed(outcome: Outcome): Outcome {
  if (outcome.kind !== 'returned' || !(outcome.value instanceof JsonText)) return outcome;
  return { ...outcome, value: outcome.value.parse() };
}
