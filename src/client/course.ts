import type { Backlog, Consumer } from './backlog.js';
import { CallText } from './call-text.js';
import { JavascriptdError, SlowReaderError } from './errors.js';
import { handled } from './handled.js';
import { OfferedFunctions } from './host-functions.js';
import type { Outbox, Request } from './outbox.js';
import { CANCELLED, CancelledError, EndedError, InternalError, UnknownScriptError } from './reply-errors.js';
import { isResult } from './reply-shapes.js';
import { mayAskAgain, Retry } from './retry.js';
import type { CallRequest, Result } from './script.js';
import { StreamedParts } from './streamed-parts.js';

/** What the executions of one client share. */
export interface Shared {
  readonly outbox: Outbox;
  readonly backlog: Backlog;
  /** How often each is asked again, unless its own request says otherwise. */
  readonly retry: number;
  readonly maxFrameBytes: number;
}

const MALFORMED = { code: 1203, message: 'malformed reply from the service' };

/** The course of one execution on this side, from the call to its last answer; {@link Execution} is its face. */
export class Course implements Request, Consumer {
  readonly method = 'runtime.execute';
  readonly result: Promise<Result>;
  readonly parts = new StreamedParts(() => this.#shared.backlog.taken());
  readonly #shared: Shared;
  readonly #outbox: Outbox;
  readonly #text: CallText;
  readonly #functions: OfferedFunctions | undefined;
  readonly #signal: AbortSignal | undefined;
  readonly #onAbort = (): void => void this.cancel(this.#signal?.reason).catch(() => undefined);
  readonly #retry: Retry;
  #resolve: (result: Result) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #prepareAgain: (() => Promise<unknown>) | undefined;
  #state: 'fresh' | 'under way' | 'settled' = 'fresh';
  #id: number | undefined;
  #streams = false;
  #cancelled: { readonly reason: unknown } | undefined;

  /** @param script its texts, or the id of a prepared one, which `prepareAgain` makes known again */
  constructor(
    shared: Shared,
    request: CallRequest,
    script: Readonly<Record<string, unknown>>,
    prepareAgain?: () => Promise<unknown>,
  ) {
    const { functions, signal, retry = shared.retry } = request;
    this.#shared = shared;
    this.#outbox = shared.outbox;
    this.#retry = new Retry(retry);
    this.#functions = functions === undefined ? undefined : new OfferedFunctions(functions);
    this.#text = new CallText(request, script, this.#functions?.names ?? []);
    this.#prepareAgain = prepareAgain;
    this.#signal = signal ?? undefined;
    this.result = handled(
      new Promise((resolve, reject) => {
        this.#resolve = resolve;
        this.#reject = reject;
      }),
    );
    if (this.#signal?.aborted === true) this.#onAbort();
    else this.#signal?.addEventListener('abort', this.#onAbort, { once: true });
    // A moment later, so that whoever iterates at once need not ask for the stream.
    queueMicrotask(() => {
      if (this.#state !== 'fresh') return;
      this.#state = 'under way';
      this.#outbox.add(this);
    });
  }

  get payload(): string {
    return this.#text.payload(this.#streams);
  }

  get held(): number {
    return this.parts.held;
  }

  get awaited(): number {
    return this.parts.awaited;
  }

  /** Somebody iterates: streams, if nothing was said against it and nothing sent. */
  watch(): void {
    if (!this.#text.streamIsGiven) this.#streams = true;
  }

  sent(id: number): void {
    this.#id = id;
  }

  received(payload: unknown, more: boolean, size: number): void {
    if (more) {
      if (this.parts.take(payload, size)) this.#shared.backlog.added(this, size);
      return;
    }
    if (!isResult(payload)) return this.failed(new InternalError(MALFORMED));
    this.#settle(payload.console);
    this.#resolve(payload);
  }

  failed(failure: JavascriptdError): void {
    const isCancelled = this.#cancelled !== undefined;
    if (failure instanceof UnknownScriptError && this.#prepareAgain !== undefined && !isCancelled)
      return void this.#sendAgain(this.#prepareAgain);
    const waitMs = isCancelled ? undefined : this.#retry.next(failure);
    if (waitMs !== undefined) {
      this.#id = undefined;
      return this.#outbox.addLater(this, waitMs);
    }
    const nothingRan = mayAskAgain(failure) || failure instanceof UnknownScriptError;
    const error = nothingRan && isCancelled ? new CancelledError(CANCELLED, false) : failure;
    if (error instanceof CancelledError && this.#cancelled?.reason !== undefined) {
      error.cause = this.#cancelled.reason;
    }
    this.#settle(error instanceof EndedError ? error.console : [], error);
    this.#reject(error);
  }

  /** Loops are too slow: what waits for them is dropped, and the script is cancelled. */
  overflow(): void {
    const error = new SlowReaderError(this.held);
    this.parts.drop();
    this.#shared.backlog.over(this);
    const id = this.#id;
    if (this.#state === 'settled' || id === undefined) return;
    // A service without `runtime.cancel` goes on, and nobody hears of it.
    this.#askToCancel(id).catch(() => undefined);
    this.failed(error);
    this.#outbox.forget(id);
  }

  /** See `Execution.cancel`. */
  async cancel(reason: unknown): Promise<boolean> {
    if (this.#state === 'settled') return false;
    this.#cancelled ??= { reason };
    const isFresh = this.#state === 'fresh';
    const id = this.#id;
    if (isFresh || this.#outbox.withdraw(this) || id === undefined) {
      this.failed(new CancelledError(CANCELLED, false));
      return true;
    }
    try {
      return await this.#askToCancel(id);
    } catch (error) {
      // A service without `runtime.cancel`, or one that cannot take it now: nobody waits for the answer all the same.
      if (this.#isSettled()) return false;
      this.#outbox.forget(id);
      this.failed(new CancelledError(CANCELLED, true));
      throw error;
    }
  }

  /** The frame that answers a call of a host function. */
  serve(id: unknown, name: string, args: unknown): Promise<string> {
    const functions = this.#functions ?? new OfferedFunctions({});
    return functions.answer(id, name, args, this.#shared.maxFrameBytes);
  }

  /** The service has forgotten the script: nothing has run. Once only, if the script is known then. */
  async #sendAgain(prepareAgain: () => Promise<unknown>): Promise<void> {
    this.#prepareAgain = undefined;
    this.#id = undefined;
    const failure = await prepareAgain().then(
      () => undefined,
      (error: JavascriptdError) => error,
    );
    if (this.#isSettled()) return;
    if (failure === undefined) return this.#outbox.add(this);
    if (mayAskAgain(failure)) this.#prepareAgain = prepareAgain;
    this.failed(failure);
  }

  #isSettled(): boolean {
    return this.#state === 'settled';
  }

  #askToCancel(id: number): Promise<boolean> {
    return new Promise((resolve, reject) => {
      this.#outbox.addUrgent({
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
    this.parts.end(console, error);
    this.#shared.backlog.over(this);
  }
}
