import { Inject, Injectable, Logger } from '@nestjs/common';
import { ModuleAllowlistProvider, RunnerStartError, SandboxService, type Script } from '../sandbox/index.js';
import { hostErrorOf } from './errors.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { refusalOf, runOf, type Exchange, type Run } from './execution-record.js';
import { resultOf, type Result } from './result.js';
import { RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';

/** The use case: decides what a script may use and how long it may take; the sandbox enforces it. */
@Injectable()
export class RuntimeService {
  readonly #logger = new Logger(RuntimeService.name);

  constructor(
    private readonly sandbox: SandboxService,
    private readonly allowlist: ModuleAllowlistProvider,
    private readonly feed: ExecutionFeed,
    @Inject(RUNTIME_OPTIONS) private readonly options: RuntimeOptions,
  ) {}

  /**
   * Runs a script for a tenant. `cancelled` ends it at once.
   * @param exchange the request that this answers, for the record
   * @throws DuplexError when the script gave no value, or could not be run
   */
  async execute(
    script: Script,
    tenant: string,
    cancelled?: AbortSignal,
    exchange?: Exchange,
  ): Promise<Result> {
    const modules = this.allowlist.modulesFor(tenant);
    const askedAt = performance.now();
    let run: Run | undefined;
    let failure: unknown;
    try {
      const outcome = await this.sandbox.run(
        { script, modules, timeoutMs: this.options.timeoutMs, tenant },
        cancelled,
      );
      run = runOf(outcome);
      return resultOf(outcome);
    } catch (error) {
      // Answered without its text, so the operator reads it here; busy and closed say all they know to the client.
      if (error instanceof RunnerStartError) this.#logger.error(error);
      failure = hostErrorOf(error) ?? error;
      throw failure;
    } finally {
      if (this.feed.watched) {
        const ran = { ...(run ?? refusalOf(failure)), tenant, askedAt, endedAt: performance.now() };
        this.feed.complete(ran, failure, exchange);
      }
    }
  }
}
