import { DuplexError, PROTOCOL_ERRORS, errorOf } from './errors.js';
import { encodeError, encodeResult, type Request, type RequestId } from './message.js';
import type { ProtocolObserver, Settlement } from './observer.js';

/** Sends the replies of the channels of one connection. */
export interface ReplySink {
  readonly observer?: ProtocolObserver | undefined;
  /** @returns the size of the frame in bytes; 0 if the connection sends no more */
  send(frame: string | Buffer): number;
  /** Back-pressure: resolves when the client has read on; `undefined` if nothing is queued. */
  readonly drained: Promise<void> | undefined;
  /** Called when a request with a frame of this size has its final reply. */
  release(frameBytes: number): void;
  /** Logs an internal error. */
  report(error: unknown, method: string): void;
}

/** Arrival of a request. */
export interface Arrival {
  /** Size of its frame, in bytes. */
  readonly bytes: number;
  /** Time, from `performance.now()`. */
  readonly at: number;
  /** Whether its method has a handler. */
  readonly served: boolean;
}

/** The reply side of one request. It settles once: replies after the final reply, and to a notification, are dropped. */
export class Channel {
  readonly method: string;
  /** JSON text that is echoed with the reply. */
  readonly ext: string | undefined;
  readonly #sink: ReplySink;
  /** `undefined` for a notification. */
  readonly id: RequestId | undefined;
  readonly #arrival: Arrival;
  #settled = false;
  #replyBytes = 0;
  /** Created lazily, since most requests need none. */
  #cancelled: AbortController | undefined;
  #abandoned: AbortController | undefined;
  #listeners: ((settlement: Settlement) => void)[] | undefined;

  constructor(sink: ReplySink, request: Request, arrival: Arrival) {
    this.method = request.method ?? '';
    this.ext = request.ext;
    this.#sink = sink;
    this.id = request.id;
    this.#arrival = arrival;
  }

  /** Size of the request frame, in bytes. */
  get requestBytes(): number {
    return this.#arrival.bytes;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** Aborted when the client cancels the request. */
  get cancelled(): AbortSignal {
    return (this.#cancelled ??= new AbortController()).signal;
  }

  /** Aborted when the client cancels the request, and when its connection closes. */
  get abandoned(): AbortSignal {
    return (this.#abandoned ??= new AbortController()).signal;
  }

  /** Cancels the request, which still gets its final reply. */
  cancel(): void {
    (this.#cancelled ??= new AbortController()).abort();
    this.abandon();
  }

  /** Aborts the request because its connection closed. */
  abandon(): void {
    (this.#abandoned ??= new AbortController()).abort();
  }

  /** Calls the listener once, when the final reply was sent. */
  onSettled(listener: (settlement: Settlement) => void): void {
    (this.#listeners ??= []).push(listener);
  }

  /** Sends the final result, or an internal error if JSON cannot represent the payload. */
  reply(payload: unknown): void {
    if (this.#settled) return;
    this.#settle(this.#sendResult(payload, false));
  }

  /** Sends a partial result; a final `reply` or `fail` must follow. */
  next(payload: unknown): void {
    if (this.#settled) return;
    const code = this.#sendResult(payload, true);
    if (code !== undefined) this.#settle(code);
  }

  /** Back-pressure: the next partial result should wait for this promise. */
  get drained(): Promise<void> | undefined {
    return this.#settled ? undefined : this.#sink.drained;
  }

  /** Sends the final error. Anything but a {@link DuplexError} is logged and answered as internal, without details. */
  fail(error: unknown): void {
    if (!(error instanceof DuplexError)) this.#sink.report(error, this.method);
    if (this.#settled) return;
    this.#settle(this.#sendError(error instanceof DuplexError ? error : errorOf(PROTOCOL_ERRORS.internal)));
  }

  /** @returns the code of the error that was sent in place of the result, if any */
  #sendResult(payload: unknown, more: boolean): number | undefined {
    if (this.id === undefined) return undefined;
    let frame: string | Buffer;
    try {
      frame = encodeResult(this.id, payload, this.ext, more);
    } catch (error) {
      this.#sink.report(error, this.method);
      return this.#sendError(errorOf(PROTOCOL_ERRORS.internal));
    }
    this.#replyBytes += this.#sink.send(frame);
    return undefined;
  }

  /** @returns the code that was sent */
  #sendError(error: DuplexError): number {
    if (this.id === undefined) return error.code;
    let { code } = error;
    let frame: string;
    try {
      frame = encodeError(this.id, error.toJSON(), this.ext);
    } catch (encodingError) {
      this.#sink.report(encodingError, this.method);
      ({ code } = PROTOCOL_ERRORS.internal);
      frame = encodeError(this.id, errorOf(PROTOCOL_ERRORS.internal).toJSON(), this.ext);
    }
    this.#replyBytes += this.#sink.send(frame);
    return code;
  }

  #settle(code: number | undefined): void {
    this.#settled = true;
    const { bytes, at, served } = this.#arrival;
    this.#sink.release(bytes);
    const { observer } = this.#sink;
    if (observer === undefined && this.#listeners === undefined) return;
    const settlement: Settlement = {
      method: this.method,
      served,
      code,
      requestBytes: bytes,
      replyBytes: this.#replyBytes,
      receivedAt: at,
      answeredAt: performance.now(),
    };
    observer?.settled(settlement);
    this.#listeners?.forEach((listener) => listener(settlement));
  }
}
