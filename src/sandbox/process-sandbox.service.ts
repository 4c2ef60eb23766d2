import { availableParallelism } from 'node:os';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { ScriptTooDeepError, ScriptTooLargeError } from './errors.js';
import type { Execution, Outcome } from './execution.js';
import { InstalledModules } from './modules/installed-modules.service.js';
import { launchOf } from './pool/launch.js';
import { RunnerPool } from './pool/runner-pool.js';
import { RunnerProcess } from './pool/runner-process.js';
import { UsageWatch } from './pool/usage-watch.js';
import { isDeeper } from './runner/json-depth.js';
import { executeText } from './runner/messages.js';
import { SandboxReadiness } from './sandbox-readiness.provider.js';
import { SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
import { SandboxService } from './sandbox.service.js';

/** The sandbox on runner processes: each execution in a fresh context, in a process of its own tenant. */
@Injectable()
export class ProcessSandboxService extends SandboxService implements OnModuleInit, OnApplicationShutdown {
  readonly #pool: RunnerPool<RunnerProcess>;
  #isStarted = false;

  constructor(
    @Inject(SANDBOX_OPTIONS) private readonly options: SandboxOptions,
    private readonly installed: InstalledModules,
    readiness: SandboxReadiness,
  ) {
    super();
    const launch = launchOf(options);
    const watch = new UsageWatch();
    this.#pool = new RunnerPool(() => new RunnerProcess(launch, this.installed.packages, options, watch), {
      ...options,
      cores: availableParallelism(),
    });
    readiness.follow(() => (this.#isStarted ? this.#pool.problem?.message : 'the sandbox has not started'));
  }

  /** Starts the warm runners; the application does not start without a first one. */
  async onModuleInit(): Promise<void> {
    await this.installed.loaded();
    this.installed.onReload(() => this.#pool.recycle());
    try {
      await this.#pool.start();
    } catch (error) {
      // Whoever catches this has no sandbox, so nothing may go on trying to be one.
      this.#pool.close();
      throw error;
    }
    this.#isStarted = true;
  }

  /** Called after the last reply was given. */
  onApplicationShutdown(): void {
    this.#pool.close();
  }

  override async run(execution: Execution, cancelled?: AbortSignal): Promise<Outcome> {
    // Before the wait for a runner: what waits is then text, and what cannot be text waits for nothing.
    const text = this.#textOf(execution);
    const { tenant, timeoutMs } = execution;
    const isLast = this.options.isolation === 'process' || execution.isolation === 'process';
    for (let retried = false; ; retried = true) {
      const leased = isLast ? this.#pool.leaseFresh(cancelled) : this.#pool.lease(tenant, cancelled);
      const runner = leased instanceof RunnerProcess ? leased : await leased;
      if (runner === undefined) return { kind: 'cancelled', console: [] };
      const outcome = await runner.run(text, { timeoutMs, cancelled, isLast });
      if (outcome.kind !== 'died' || retried || runner.begun) return outcome;
    }
  }

  /** @throws ScriptTooLargeError, ScriptTooDeepError */
  #textOf({ script, modules }: Execution): string {
    const { maxScriptBytes, maxDepth } = this.options;
    const { code, caller = '' } = script;
    const globals = jsonOf(script.globals);
    for (const [field, text] of Object.entries({ code, caller, globals } as const))
      if (text.length > maxScriptBytes || Buffer.byteLength(text) > maxScriptBytes)
        throw new ScriptTooLargeError(field as 'code' | 'caller' | 'globals', maxScriptBytes);
    if (isDeeper(globals, maxDepth)) throw new ScriptTooDeepError();
    return executeText(script, modules, globals);
  }
}

function jsonOf(globals: Execution['script']['globals']): string {
  try {
    return JSON.stringify(globals);
  } catch (error) {
    if (error instanceof RangeError) throw new ScriptTooDeepError();
    throw error;
  }
}
