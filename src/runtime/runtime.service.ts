import { Injectable, Logger } from '@nestjs/common';
import { MemoryBudget } from '../memory-budget/index.js';
import { errorOf } from '../protocol/errors.js';
import { RunnerStartError, SandboxService, type ExecutionWatcher, type Outcome } from '../sandbox/index.js';
import { hostErrorOf, RUNTIME_ERRORS } from './errors.js';
import { executionOf } from './execution-of.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { refusalOf, runOf, type Exchange, type RecordedMethod, type Run } from './execution-record.js';
import { PreparedScripts, scriptId } from './prepared-scripts.service.js';
import { resultOf, type Result } from './result.js';
import { isPrepared, type ExecuteRequest, type PreparedRequest, type ScriptRequest } from './script.dto.js';
import { TenantAllowances } from './tenant-allowances.provider.js';
import { TenantRates } from './tenant-rates.js';

/** Of a request that was cancelled before anything of it ran. */
const CANCELLED: Outcome = { kind: 'cancelled', console: [] };
/** Of a script that is prepared again. */
const KEPT: Run = { outcome: 'returned', limit: undefined, usage: undefined };

/** What is told of a request beside what becomes of it. */
interface Request {
  readonly method: RecordedMethod;
  readonly tenant: string;
  readonly exchange: Exchange | undefined;
}

/** What a request costs beside its own bytes: promises, objects, timers. */
const REQUEST_BYTES = 4096;

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
    private readonly memory: MemoryBudget,
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
    const told = { method: 'runtime.execute', tenant, exchange } as const;
    return this.#recorded(told, async (report) => {
      const prepared = isPrepared(request) ? request.script : undefined;
      const script = isPrepared(request) ? this.#whole(request, tenant) : request;
      const allowed = this.allowances.of(tenant);
      // Whoever calls the service and not the wire gets values.
      const takesText = exchange === undefined ? undefined : true;
      const execution = executionOf(script, allowed, { prepared, takesText, reuses: this.sandbox.reuses });
      if (allowed.rate !== undefined) this.#rates.take(tenant, allowed.rate);
      const outcome = isOver(cancelled) ? CANCELLED : await this.sandbox.run(execution, cancelled, watcher);
      report(runOf(outcome));
      return resultOf(outcome, request.options !== undefined);
    });
  }

  /**
   * Keeps a script for a tenant, once it is known to compile.
   * @param exchange the request that this answers, for the record
   * @returns its id, for {@link execute}
   * @throws DuplexError when it does not compile, or could not be looked at
   */
  async prepare(
    script: ScriptRequest,
    tenant: string,
    cancelled?: AbortSignal,
    exchange?: Exchange,
  ): Promise<{ readonly script: string }> {
    const { code, language, caller } = script;
    const texts = { code, language, caller };
    return this.#recorded({ method: 'runtime.prepare', tenant, exchange }, async (report) => {
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
        report(runOf(outcome));
        resultOf(outcome);
      }
      this.prepared.keep(tenant, id, texts);
      return { script: id };
    });
  }

  /**
   * Serves a request, and tells what became of it, whatever it is answered.
   * @param serve gives what it is answered; it reports what the sandbox says, where it says anything
   */
  async #recorded<T>(
    { method, tenant, exchange }: Request,
    serve: (report: (run: Run) => void) => Promise<T>,
  ): Promise<T> {
    const askedAt = performance.now();
    const bytes = REQUEST_BYTES + (exchange?.requestBytes ?? 0);
    const hasMemory = this.memory.take(tenant, bytes);
    let run: Run | undefined;
    let failure: unknown;
    try {
      if (!hasMemory) throw errorOf(RUNTIME_ERRORS.busy, { limit: 'memory' });
      return await serve((reported) => {
        run = reported;
      });
    } catch (error) {
      failure = this.#failureOf(error);
      throw failure;
    } finally {
      if (hasMemory) this.memory.release(tenant, bytes);
      if (this.feed.watched) {
        const { outcome, limit, usage } = run ?? (failure === undefined ? KEPT : refusalOf(failure));
        const ran = { outcome, limit, usage, method, tenant, askedAt, endedAt: performance.now() };
        this.feed.complete(ran, failure, exchange);
      }
    }
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

function isOver(cancelled: AbortSignal | undefined): boolean {
  return cancelled?.aborted === true;
}
