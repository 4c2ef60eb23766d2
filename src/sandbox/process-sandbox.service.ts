import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { cores } from '../config/index.js';
import { JsonText } from '../json-text/index.js';
import type { Execution, ExecutionWatcher, Outcome } from './execution.js';
import { SandboxGuarantees } from './guarantees/sandbox-guarantees.service.js';
import { InstalledModules } from './packages/installed-modules.service.js';
import { boundsOf } from './pool/execution-bounds.js';
import { RunnerPool } from './pool/runner-pool.js';
import { RunnerProcess } from './pool/runner-process.js';
import type { Run } from './pool/running-execution.js';
import { UsageWatch } from './pool/usage-watch.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
import { type SandboxState, SandboxStatus } from './sandbox-status.provider.js';
import { SandboxService } from './sandbox.service.js';
import { compileText, orderOf, preparedTexts, scriptText } from './script-text.js';

/** The sandbox on runner processes: each execution in a fresh context, in a process of its own tenant. */
@Injectable()
export class ProcessSandboxService extends SandboxService implements OnModuleInit, OnApplicationShutdown {
  readonly #pool: RunnerPool<RunnerProcess>;
  readonly #watch = new UsageWatch();

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly installed: InstalledModules,
    private readonly guarantees: SandboxGuarantees,
    private readonly status: SandboxStatus,
  ) {
    super();
    this.#pool = new RunnerPool(
      (fresh) =>
        new RunnerProcess(
          this.guarantees.launch(fresh ? 'process' : 'context'),
          this.installed.packages,
          options,
        ),
      { ...options, fresh: options.isolation === 'process', cores: cores() },
    );
  }

  /** Tries what the machine keeps scripts from, and starts the warm runners; the application does not start without a first one. */
  async onModuleInit(): Promise<void> {
    await this.installed.loaded();
    this.installed.onReload(() => this.#pool.recycle());
    // Before the first runner process: none is launched with less than what was tried.
    await this.guarantees.establish();
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
    // Before the wait for a runner: what is too large waits for nothing.
    const bounds = boundsOf(execution, this.options, this.options.widest);
    const text = scriptText(execution, orderOf(execution, bounds, this.options, watcher), this.options);
    if ('kind' in text) return text;
    const { tenant, timeoutMs, functions, hostTime, egress, reuse } = execution;
    const prepared = preparedTexts(execution);
    const outcome = await this.#lead(execution, {
      text,
      tenant,
      bounds,
      timeoutMs,
      functions,
      hostTime,
      egress,
      prepared,
      reuse,
      cancelled,
      watcher,
    });
    return execution.takesText === true ? outcome : parsed(outcome);
  }

  override async prepare(execution: Execution, cancelled?: AbortSignal): Promise<Outcome> {
    const text = compileText(execution, this.options);
    if ('kind' in text) return text;
    const { tenant, timeoutMs } = execution;
    return this.#lead(execution, {
      text,
      tenant,
      compiles: true,
      bounds: boundsOf(execution, this.options, this.options.widest),
      timeoutMs,
      cancelled,
    });
  }

  override release(tenant: string): void {
    this.#pool.recycle(tenant);
  }

  override get reuses(): boolean {
    return this.options.isolation === 'context';
  }

  /** Leads an execution to a runner, and to its outcome. */
  async #lead({ tenant, isolation, concurrency, prepared, reuse }: Execution, run: Run): Promise<Outcome> {
    const fresh = this.options.isolation === 'process' || isolation === 'process';
    const demand = { tenant, fresh, concurrency, context: reuse === true ? prepared : undefined };
    const askedAt = performance.now();
    for (let retried = false; ; retried = true) {
      const leased = this.#pool.lease(demand, run.cancelled);
      const runner = leased instanceof RunnerProcess ? leased : await leased;
      if (runner === undefined) return { kind: 'cancelled', console: [] };
      this.#watch.add(runner);
      const leasedAt = performance.now();
      let outcome: Outcome;
      try {
        outcome = await runner.run(run);
      } finally {
        this.#watch.delete(runner);
        if (fresh) runner.kill('single_use');
      }
      // Whatever ended the process, it was not this script: nothing of it has run.
      const isEnded = outcome.kind === 'died' || outcome.kind === 'exhausted';
      if (isEnded && !retried && !runner.begun) continue;
      const startMs = runner.start.msBetween(askedAt, leasedAt);
      const queuedMs = leasedAt - askedAt - startMs;
      const runMs = performance.now() - leasedAt;
      return { ...outcome, usage: { queuedMs, startMs, runMs, ...runner.lastUse } };
    }
  }

  #state(): SandboxState {
    const { maxRunners, queueSize } = this.options;
    const { problem, runners, tally, queued } = this.#pool;
    return { problem, runners, tally, maxRunners, queued, queueSize };
  }
}

/** With its value parsed, however long that takes. */
function parsed(outcome: Outcome): Outcome {
  if (outcome.kind !== 'returned' || !(outcome.value instanceof JsonText)) return outcome;
  return { ...outcome, value: outcome.value.parse() };
}
