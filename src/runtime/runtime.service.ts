import { Injectable, Logger } from '@nestjs/common';
import { errorOf } from '../protocol/errors.js';
import { RunnerStartError, SandboxService, type ExecutionWatcher } from '../sandbox/index.js';
import { hostErrorOf, RUNTIME_ERRORS } from './errors.js';
import { executionOf } from './execution-of.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { refusalOf, runOf, type Exchange, type Run } from './execution-record.js';
import { PreparedScripts, scriptId } from './prepared-scripts.service.js';
import { resultOf, type Result } from './result.js';
import { isPrepared, type ExecuteRequest, type PreparedRequest, type ScriptRequest } from './script.dto.js';
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
    private readonly prepared: PreparedScripts,
  ) {}

  /**
   * Runs a script for a tenant. `cancelled` ends it at once.
   * @param exchange the request that this answers, for the record
   * @param watcher hears of it while it runs
   * @throws DuplexError when the script gave no value, or could not be run
   */
  async execute(
    request: ExecuteRequest,
    tenant: string,
    cancelled?: AbortSignal,
    exchange?: Exchange,
    watcher?: ExecutionWatcher,
  ): Promise<Result> {
    const prepared = isPrepared(request) ? request.script : undefined;
    const script = isPrepared(request) ? this.#whole(request, tenant) : request;
    const allowed = this.allowances.of(tenant);
    const execution = executionOf(script, allowed, prepared, this.sandbox.reuses);
    const askedAt = performance.now();
    let run: Run | undefined;
    let failure: unknown;
    try {
      if (allowed.rate !== undefined) this.#rates.take(tenant, allowed.rate);
      const outcome = await this.sandbox.run(execution, cancelled, watcher);
      run = runOf(outcome);
      return resultOf(outcome, request.options !== undefined);
    } catch (error) {
      failure = this.#failureOf(error);
      throw failure;
    } finally {
      if (this.feed.watched) {
        const { outcome, limit, usage } = run ?? refusalOf(failure);
        const ran = { outcome, limit, usage, tenant, askedAt, endedAt: performance.now() };
        this.feed.complete(ran, failure, exchange);
      }
    }
  }

  /**
   * Keeps a script for a tenant, once it is known to compile.
   * @returns its id, for {@link execute}
   * @throws DuplexError when it does not compile, or could not be looked at
   */
  async prepare(
    script: ScriptRequest,
    tenant: string,
    cancelled?: AbortSignal,
  ): Promise<{ readonly script: string }> {
    const { code, language, caller } = script;
    const texts = { code, language, caller };
    const id = await scriptId(texts);
    if (!this.prepared.has(tenant, id)) {
      if (!this.prepared.fits(texts))
        throw errorOf(RUNTIME_ERRORS.exhausted, { limit: 'prepared', console: [] });
      const allowed = this.allowances.of(tenant);
      try {
        if (allowed.rate !== undefined) this.#rates.take(tenant, allowed.rate);
        resultOf(await this.sandbox.prepare(executionOf(script, allowed), cancelled));
      } catch (error) {
        throw this.#failureOf(error);
      }
    }
    this.prepared.keep(tenant, id, texts);
    return { script: id };
  }

  /** What the client is answered. */
  #failureOf(error: unknown): unknown {
    // Answered without its text, so the operator reads it here; busy and closed say all they know to the client.
    if (error instanceof RunnerStartError) this.#logger.error(error);
    return hostErrorOf(error) ?? error;
  }

  #whole({ script, globals, call, options }: PreparedRequest, tenant: string): ScriptRequest {
    return { ...this.prepared.find(tenant, script), globals, call, options };
  }
}
