import { Injectable, Logger } from '@nestjs/common';
import { RunnerStartError, SandboxService, type ExecutionWatcher } from '../sandbox/index.js';
import { hostErrorOf } from './errors.js';
import { executionOf } from './execution-of.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { refusalOf, runOf, type Exchange, type Run } from './execution-record.js';
import { resultOf, type Result } from './result.js';
import type { ScriptRequest } from './script.dto.js';
import { TenantAllowances } from './tenant-allowances.provider.js';
import { TenantRates } from './tenant-rates.js';

/** The use case: decides what a script may use and how long it may take; the sandbox enforces it. */
@Injectable()
export class RuntimeService {
  readonly #logger = new Logger(RuntimeService.name);
  readonly #rates = new TenantRates();

  constructor(
    private readonly sandbox: SandboxService,
    private readonly allowances: TenantAllowances,
    private readonly feed: ExecutionFeed,
  ) {}

  /**
   * Runs a script for a tenant. `cancelled` ends it at once.
   * @param exchange the request that this answers, for the record
   * @param watcher hears of it while it runs
   * @throws DuplexError when the script gave no value, or could not be run
   */
  async execute(
    script: ScriptRequest,
    tenant: string,
    cancelled?: AbortSignal,
    exchange?: Exchange,
    watcher?: ExecutionWatcher,
  ): Promise<Result> {
    const allowed = this.allowances.of(tenant);
    const execution = executionOf(script, allowed);
    const askedAt = performance.now();
    let run: Run | undefined;
    let failure: unknown;
    try {
      if (allowed.rate !== undefined) this.#rates.take(tenant, allowed.rate);
      const outcome = await this.sandbox.run(execution, cancelled, watcher);
      run = runOf(outcome);
      return resultOf(outcome, script.options !== undefined);
    } catch (error) {
      // Answered without its text, so the operator reads it here; busy and closed say all they know to the client.
      if (error instanceof RunnerStartError) this.#logger.error(error);
      failure = hostErrorOf(error) ?? error;
      throw failure;
    } finally {
      if (this.feed.watched) {
        const { outcome, limit, usage } = run ?? refusalOf(failure);
        const ran = { outcome, limit, usage, tenant, askedAt, endedAt: performance.now() };
        this.feed.complete(ran, failure, exchange);
      }
    }
  }
}
