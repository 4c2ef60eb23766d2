import type { BackPressure, Consumer } from './back-pressure.js';
import { JavascriptdError, SlowReaderError } from './errors.js';
import { ExecutePayload } from './execute-payload.js';
import { HostFunctionRegistry } from './host-functions.js';
import { CANCELLED, CancelledError, EndedError, InternalError, UnknownScriptError } from './reply-errors.js';
import { isResult } from './reply-shapes.js';
import type { QueuedRequest, RequestQueue } from './request-queue.js';
import { isRetryable, Retry } from './retry.js';
import type { CallRequest, Result } from './script.js';
import { StreamedOutput } from './streamed-output.js';
import { ignoreUnhandled } from './unhandled-rejection.js';

/** What all executions of one client share. */
export interface ClientContext {
  readonly queue: RequestQueue;
  readonly backPressure: BackPressure;
  /** Default for `retry` of a request. */
  readonly retry: number;
  readonly maxFrameBytes: number;
}

const MALFORMED = { code: 1203, message: 'malformed reply from the service' };

/**
 * The state of one execution in the client, from the call to its final reply. Callers see it as an {@link Execution}.
 */
export class PendingExecution implements QueuedRequest, Consumer {
  readonly method = 'runtime.execute';
  readonly result: Promise<Result>;
  readonly output = new StreamedOutput(() => this.#context.backPressure.consumed());
  readonly #context: ClientContext;
  readonly #queue: RequestQueue;
  readonly #payload: ExecutePayload;
  readonly #functions: HostFunctionRegistry | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => void this.cancel(this.#signal?.reason).catch(() => undefined);
  readonly #retry: Retry;
  #resolve: (result: Result) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #prepareAgain: (() => Promise<unknown>) | undefined;
  #state: 'new' | 'queued' | 'settled' = 'new';
  #id: number | undefined;
  #streams = false;
  #cancelled: { readonly reason: unknown } | undefined;

  /**
   * @param script the code, language and caller, or the id of a prepared script
   * @param prepareAgain prepares that script again when the service has forgotten it
   */
  constructor(
    context: ClientContext,
    request: CallRequest,
    script: Readonly<Record<string, unknown>>,
    prepareAgain?: () => Promise<unknown>,
  ) {
    const { functions, signal, retry = context.retry } = request;
    this.#context = context;
    this.#queue = context.queue;
    this.#retry = new Retry(retry);
    this.#functions = functions === undefined ? undefined : new HostFunctionRegistry(functions);
    this.#payload = new ExecutePayload(request, script, this.#functions?.names ?? []);
    this.#prepareAgain = prepareAgain;
    this.#signal = signal ?? undefined;
    this.result = ignoreUnhandled(
      new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      }),
    );
    if (this.#signal?.aborted === true) this.#onAbort();
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    // Deferred, so that a loop that starts in the same turn turns streaming on.
    queueMicrotask(() => {
      if (this.#state !== 'new') return;
      this.#state = 'queued';
      this.#queue.add(this);
    });
  }

  get payload(): string {
    return this.#payload.json(this.#streams);
  }

  get buffered(): number {
    return this.output.buffered;
  }

  get bufferedForLoops(): number {
    return this.output.bufferedForLoops;
  }

  /** Turns streaming on, unless the caller set `options.stream`. Has no effect once the request was sent. */
  requestStream(): void {
    if (!this.#payload.hasStreamOption) this.#streams = true;
  }

  sent(id: number): void {
    this.#id = id;
  }

  received(payload: unknown, more: boolean, size: number): void {
    if (more) {
      if (this.output.push(payload, size)) this.#context.backPressure.added(this, size);
      return;
    }
    if (!isResult(payload)) return this.failed(new InternalError(MALFORMED));
    this.#settle(payload.console);
    this.#resolve(payload);
  }

  failed(failure: JavascriptdError): void {
    const isCancelled = this.#cancelled !== undefined;
    if (failure instanceof UnknownScriptError && this.#prepareAgain !== undefined && !isCancelled)
      return void this.#prepareAndResend(this.#prepareAgain);
    const waitMs = isCancelled ? undefined : this.#retry.next(failure);
    if (waitMs !== undefined) {
      this.#id = undefined;
      return this.#queue.addLater(this, waitMs);
    }
    const nothingRan = isRetryable(failure) || failure instanceof UnknownScriptError;
    const error = nothingRan && isCancelled ? new CancelledError(CANCELLED, false) : failure;
    if (error instanceof CancelledError && this.#cancelled?.reason !== undefined) {
      error.cause = this.#cancelled.reason;
    }
    this.#settle(error instanceof EndedError ? error.console : [], error);
    this.#reject(error);
  }

  /** The loops are too slow: discards the unread output and cancels the script. */
  overflow(): void {
    const error = new SlowReaderError(this.buffered);
    this.output.clear();
    this.#context.backPressure.remove(this);
    const id = this.#id;
    if (this.#state === 'settled' || id === undefined) return;
    // A service without `runtime.cancel` keeps running the script; its reply is ignored.
    this.#requestCancel(id).catch(() => undefined);
    this.failed(error);
    this.#queue.forget(id);
  }

  /** See `Execution.cancel`. */
  async cancel(reason: unknown): Promise<boolean> {
    if (this.#state === 'settled') return false;
    this.#cancelled ??= { reason };
    const isNew = this.#state === 'new';
    const id = this.#id;
    if (isNew || this.#queue.remove(this) || id === undefined) {
      this.failed(new CancelledError(CANCELLED, false));
      return true;
    }
    try {
      return await this.#requestCancel(id);
    } catch (error) {
      // The service has no `runtime.cancel`, or cannot handle it now. The reply is ignored in both cases.
      if (this.#isSettled()) return false;
      this.#queue.forget(id);
      this.failed(new CancelledError(CANCELLED, true));
      throw error;
    }
  }

  /** Runs a host function for the script. @returns the reply frame */
  callHostFunction(id: unknown, name: string, args: unknown): Promise<string> {
    const functions = this.#functions ?? new HostFunctionRegistry({});
    return functions.call(id, name, args, this.#context.maxFrameBytes);
  }

  /**
   * The service has forgotten the script, so nothing ran. Prepares the script and sends the request again, at most
   * once.
   */
  async #prepareAndResend(prepareAgain: () => Promise<unknown>): Promise<void> {
    this.#prepareAgain = undefined;
    this.#id = undefined;
    const failure = await prepareAgain().then(
      () => undefined,
      (error: JavascriptdError) => error,
    );
    if (this.#isSettled()) return;
    if (failure === undefined) return this.#queue.add(this);
    if (isRetryable(failure)) this.#prepareAgain = prepareAgain;
    this.failed(failure);
  }

  #isSettled(): boolean {
    return this.#state === 'settled';
  }

  #requestCancel(id: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#queue.sendUrgent({
        method: 'runtime.cancel',
        payload: JSON.stringify({ id }),
        sent: () => undefined,
        received: (payload) => resolve((payload as { cancelled?: unknown } | null)?.cancelled === true),
        failed: reject,
      });
    });
  }

  #settle(console: readonly string[], error?: unknown): void {
    this.#state = 'settled';
    this.#signal?.removeEventListener('abort', this.#onAbort);
    this.output.end(console, error);
    this.#context.backPressure.remove(this);
  }
}
