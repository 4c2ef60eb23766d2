import { backoffMs } from './backoff.js';
import { JavascriptdError } from './errors.js';
import { Feed } from './feed.js';
import { OfferedFunctions } from './host-functions.js';
import type { Outbox, Request } from './outbox.js';
import { BusyError, CANCELLED, CancelledError, EndedError, ShuttingDownError } from './reply-errors.js';
import type { ConsoleLine, ExecuteRequest, Result } from './script.js';

type Part = Readonly<{ console?: ConsoleLine; value?: unknown }>;

/** A longer timer would go off at once. */
const LONGEST_TIMER_MS = 2_147_483_647;

/** What a service has told that the wait takes at least. */
function restMs(failure: JavascriptdError): number {
  const told = failure instanceof BusyError ? failure.retryAfterMs : undefined;
  return Math.min(told ?? 0, LONGEST_TIMER_MS);
}

/** The course of one execution on this side, from the call to its last answer; {@link Execution} is its face. */
export class Course implements Request {
  readonly method = 'runtime.execute';
  readonly result: Promise<Result>;
  readonly lines = new Feed<ConsoleLine>();
  readonly values = new Feed<unknown>();
  readonly #outbox: Outbox;
  readonly #request: ExecuteRequest;
  /** JSON, made at once: what the caller changes later is not sent. */
  readonly #script: string;
  readonly #functions: OfferedFunctions | undefined;
  readonly #onAbort = (): void => void this.cancel(this.#request.signal?.reason).catch(() => undefined);
  #resolve: (result: Result) => void = () => undefined;
  #reject: (error: unknown) => void = () => undefined;
  #state: 'fresh' | 'under way' | 'settled' = 'fresh';
  #id: number | undefined;
  #streams: boolean;
  #linesSeen = 0;
  #retries: number;
  #tried = 0;
  #cancelled: { readonly reason: unknown } | undefined;

  constructor(outbox: Outbox, request: ExecuteRequest, retry: number) {
    this.#outbox = outbox;
    this.#request = request;
    this.#retries = request.retry ?? retry;
    this.#streams = request.options?.stream ?? false;
    const { code, language, globals, call, caller, functions } = request;
    this.#script = JSON.stringify({ code, language, globals, call, caller });
    this.#functions = functions === undefined ? undefined : new OfferedFunctions(functions);
    this.result = new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const { signal } = request;
    if (signal?.aborted === true) this.#onAbort();
    else signal?.addEventListener('abort', this.#onAbort, { once: true });
    // A moment later, so that whoever iterates at once need not ask for the stream.
    queueMicrotask(() => {
      if (this.#state !== 'fresh') return;
      this.#state = 'under way';
      this.#outbox.add(this);
    });
  }

  get payload(): string {
    const names = this.#functions?.names ?? [];
    const options = {
      ...this.#request.options,
      ...(this.#streams ? { stream: true } : {}),
      ...(names.length === 0 ? {} : { functions: names }),
    };
    if (Object.keys(options).length === 0) return this.#script;
    return `${this.#script.slice(0, -1)},"options":${JSON.stringify(options)}}`;
  }

  /** Somebody iterates: streams, if nothing was said against it and nothing sent; and whoever iterates hears of errors. */
  watch(): void {
    if (this.#request.options?.stream === undefined) this.#streams = true;
    this.result.catch(() => undefined);
  }

  sent(id: number): void {
    this.#id = id;
  }

  received(payload: unknown, more: boolean): void {
    if (more) return this.#take(payload as Part | null);
    if (typeof payload !== 'object' || payload === null) {
      return this.failed(new JavascriptdError('the service answered what is no result'));
    }
    const result = payload as Result;
    this.#settle(result.console);
    this.values.end();
    this.#resolve(result);
  }

  failed(failure: JavascriptdError): void {
    const nothingRan = failure instanceof BusyError || failure instanceof ShuttingDownError;
    const isCancelled = this.#cancelled !== undefined;
    const error = nothingRan && isCancelled ? new CancelledError(CANCELLED, false) : failure;
    if (nothingRan && this.#retries > 0 && !isCancelled) {
      this.#retries -= 1;
      this.#id = undefined;
      this.#outbox.addLater(this, Math.max(restMs(failure), backoffMs(this.#tried)));
      this.#tried += 1;
      return;
    }
    if (error instanceof CancelledError && this.#cancelled?.reason !== undefined) {
      error.cause = this.#cancelled.reason;
    }
    this.#settle(error instanceof EndedError ? error.console : []);
    this.values.end(error);
    this.#reject(error);
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
    return (this.#functions ?? new OfferedFunctions({})).answer(id, name, args);
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

  #take(part: Part | null): void {
    if (part?.console !== undefined) {
      this.#linesSeen += 1;
      this.lines.push(part.console);
    } else if (part !== null && 'value' in part) this.values.push(part.value);
  }

  /** @param all of the console; those that were not streamed come now */
  #settle(all: readonly string[]): void {
    this.#state = 'settled';
    this.#request.signal?.removeEventListener('abort', this.#onAbort);
    for (const text of all.slice(this.#linesSeen)) this.lines.push({ text });
    this.lines.end();
  }
}
