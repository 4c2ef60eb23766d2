import { Injectable, Logger } from '@nestjs/common';
import { MemoryBudget } from '../memory-budget/index.js';
import { errorOf } from '../protocol/errors.js';
import { RunnerStartError, SandboxService, type ExecutionWatcher, type Outcome } from '../sandbox/index.js';
import { hostErrorOf, RUNTIME_ERRORS } from './errors.js';
import { executionOf } from './execution-of.js';
import { ExecutionFeed } from './execution-feed.service.js';
import {
  refusalOf,
  summaryOf,
  type PendingRequest,
  type RecordedMethod,
  type RunSummary,
} from './execution-record.js';
import { PreparedScripts, scriptId } from './prepared-scripts.service.js';
import { resultOf, type Result } from './result.js';
import { isPrepared, type ExecuteRequest, type PreparedRequest, type ScriptRequest } from './script.dto.js';
import { TenantAllowances } from './tenant-allowances.provider.js';
import { TenantRates } from './tenant-rates.js';

/** Outcome of a request that was cancelled before it ran. */
const CANCELLED: Outcome = { kind: 'cancelled', console: [] };
/** Summary for a script that was already prepared. */
const ALREADY_PREPARED: RunSummary = { outcome: 'returned', limit: undefined, usage: undefined };

/** The part of a record that is known when a request arrives. */
interface Request {
  readonly method: RecordedMethod;
  readonly tenant: string;
  readonly pending: PendingRequest | undefined;
}

/** Memory charged for a request besides its bytes: promises, objects, timers. */
const REQUEST_BYTES = 4096;

/** Runs scripts: decides what a script may use and how long it may take. The sandbox enforces it. */
@Injectable()
export class RuntimeService {
  readonly #logger = new Logger(RuntimeService.name);
  readonly #rates = new TenantRates();

  constructor(
    private readonly sandbox: SandboxService,
    private readonly allowances: TenantAllowances,
    private readonly feed: ExecutionFeed,
    private readonly prepared: PreparedScripts,
    private readonly memory: MemoryBudget,
  ) {}

  /**
   * Runs a script for a tenant.
   * @param cancelled aborts the script at once
   * @param pending the request to answer, for the record
   * @param watcher observes the script while it runs
   * @throws DuplexError if the script returned no value, or could not run
   */
  async execute(
    request: ExecuteRequest,
    tenant: string,
    cancelled?: AbortSignal,
    pending?: PendingRequest,
    watcher?: ExecutionWatcher,
  ): Promise<Result> {
    const context = { method: 'runtime.execute', tenant, pending } as const;
    return this.#recorded(context, async (report) => {
      const prepared = isPrepared(request) ? request.script : undefined;
      const script = isPrepared(request) ? this.#withTexts(request, tenant) : request;
      const allowed = this.allowances.of(tenant);
      // Callers in this process get values, not texts.
      const takesText = pending === undefined ? undefined : true;
      const execution = executionOf(script, allowed, { prepared, takesText, reuses: this.sandbox.reuses });
      if (allowed.rate !== undefined) this.#rates.take(tenant, allowed.rate);
      const outcome = isOver(cancelled) ? CANCELLED : await this.sandbox.run(execution, cancelled, watcher);
      report(summaryOf(outcome));
      return resultOf(outcome, request.options !== undefined, script.call);
    });
  }

  /**
   * Compiles a script and stores it for a tenant.
   * @param pending the request to answer, for the record
   * @returns its id, for {@link execute}
   * @throws DuplexError if it does not compile, or could not be compiled now
   */
  async prepare(
    script: ScriptRequest,
    tenant: string,
    cancelled?: AbortSignal,
    pending?: PendingRequest,
  ): Promise<{ readonly script: string }> {
    const { code, language, caller } = script;
    const texts = { code, language, caller };
    return this.#recorded({ method: 'runtime.prepare', tenant, pending }, async (report) => {
      const id = await scriptId(texts, tenant);
      if (!this.prepared.has(tenant, id)) {
        if (!this.prepared.fits(texts)) {
          report({ outcome: 'exhausted', limit: 'prepared', usage: undefined });
          throw errorOf(RUNTIME_ERRORS.exhausted, { limit: 'prepared', console: [] });
        }
        const allowed = this.allowances.of(tenant);
        if (allowed.rate !== undefined) this.#rates.take(tenant, allowed.rate);
        const execution = executionOf(script, allowed, { prepared: id });
        const outcome = isOver(cancelled) ? CANCELLED : await this.sandbox.prepare(execution, cancelled);
        report(summaryOf(outcome));
        resultOf(outcome);
      }
      this.prepared.keep(tenant, id, texts);
      return { script: id };
    });
  }

  /**
   * Handles a request and records it, whether it succeeds or fails.
   * @param handle returns the reply; it reports the summary of the sandbox, if there is one
   */
  async #recorded<T>(
    { method, tenant, pending }: Request,
    handle: (report: (run: RunSummary) => void) => Promise<T>,
  ): Promise<T> {
    const askedAt = performance.now();
    const bytes = REQUEST_BYTES + (pending?.requestBytes ?? 0);
    const hasMemory = this.memory.take(tenant, bytes);
    let run: RunSummary | undefined;
    let failure: unknown;
    try {
      if (!hasMemory) throw errorOf(RUNTIME_ERRORS.busy, { limit: 'memory' });
      return await handle((reported) => {
        run = reported;
      });
    } catch (error) {
      failure = this.#failureOf(error);
      throw failure;
    } finally {
      if (hasMemory) this.memory.release(tenant, bytes);
      if (this.feed.watched) {
        const { outcome, limit, usage } =
          run ?? (failure === undefined ? ALREADY_PREPARED : refusalOf(failure));
        const record = { outcome, limit, usage, method, tenant, askedAt, endedAt: performance.now() };
        this.feed.complete(record, failure, pending);
      }
    }
  }

  /** The error for the reply. */
  #failureOf(error: unknown): unknown {
    // The reply has no details, so they are logged. The replies for busy and shutting down are complete.
    if (error instanceof RunnerStartError) this.#logger.error(error);
    return hostErrorOf(error) ?? error;
  }

  #withTexts({ script, globals, call, options }: PreparedRequest, tenant: string): ScriptRequest {
    return { ...this.prepared.find(tenant, script), globals, call, options };
  }
}

function isOver(cancelled: AbortSignal | undefined): boolean {
  return cancelled?.aborted === true;
}
