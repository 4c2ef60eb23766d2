import { DuplexError, PROTOCOL_ERRORS, errorOf } from './errors.js';
import { encodeError, encodeResult, type Request, type RequestId } from './message.js';
import type { ProtocolObserver, Settlement } from './observer.js';

/** Where a channel sends to; one for each connection. */
export interface Outlet {
  readonly observer?: ProtocolObserver | undefined;
  /** @returns the frame's bytes; 0 when nothing is sent any more */
  send(frame: string | Buffer): number;
  /** Settles when the other side has read on; `undefined` when nothing waits for it. */
  readonly drained: Promise<void> | undefined;
  /** The request, whose frame had so many bytes, has its final reply. */
  release(frameBytes: number): void;
  /** A fault of ours, to be logged. */
  report(error: unknown, method: string): void;
}

/** How a request came in. */
export interface Arrival {
  /** Length of its frame, in bytes. */
  readonly bytes: number;
  /** Of `performance.now()`. */
  readonly at: number;
  /** Whether there is a handler for its method. */
  readonly served: boolean;
}

/**
 * The reply side of one request. Settles once: whatever comes after the final reply is dropped, and so is
 * every reply to a notification.
 */
export class Channel {
  readonly method: string;
  /** What the client wants back with the reply, as JSON text. */
  readonly ext: string | undefined;
  readonly #outlet: Outlet;
  /** `undefined` for a notification. */
  readonly id: RequestId | undefined;
  readonly #arrival: Arrival;
  #settled = false;
  #replyBytes = 0;
  /** Made when somebody asks, or when there is something to tell: most requests need none. */
  #cancelled: AbortController | undefined;
  #abandoned: AbortController | undefined;
  #listeners: ((settlement: Settlement) => void)[] | undefined;

  constructor(outlet: Outlet, request: Request, arrival: Arrival) {
    this.method = request.method ?? '';
    this.ext = request.ext;
    this.#outlet = outlet;
    this.id = request.id;
    this.#arrival = arrival;
  }

  /** Length of the request's frame. */
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

  /** The client wants no result; the request still gets its final reply. */
  cancel(): void {
    (this.#cancelled ??= new AbortController()).abort();
    this.abandon();
  }

  /** The connection is closed: nobody will hear the reply. */
  abandon(): void {
    (this.#abandoned ??= new AbortController()).abort();
  }

  /** Calls back, once, when the final reply was sent. */
  onSettled(listener: (settlement: Settlement) => void): void {
    (this.#listeners ??= []).push(listener);
  }

  /** The final result. A payload that JSON cannot carry is answered as an internal error. */
  reply(payload: unknown): void {
    if (this.#settled) return;
    this.#settle(this.#sendResult(payload, false));
  }

  /** One result of several; a final `reply` or `fail` must follow. */
  next(payload: unknown): void {
    if (this.#settled) return;
    const code = this.#sendResult(payload, true);
    if (code !== undefined) this.#settle(code);
  }

  /** What the next result should wait for, where the client reads more slowly than results come. */
  get drained(): Promise<void> | undefined {
    return this.#settled ? undefined : this.#outlet.drained;
  }

  /** The final error. Anything but a {@link DuplexError} is reported, and answered with no detail of it. */
  fail(error: unknown): void {
    if (!(error instanceof DuplexError)) this.#outlet.report(error, this.method);
    if (this.#settled) return;
    this.#settle(this.#sendError(error instanceof DuplexError ? error : errorOf(PROTOCOL_ERRORS.internal)));
  }

  /** Gives the code of the final error that it had to send instead. */
  #sendResult(payload: unknown, more: boolean): number | undefined {
    if (this.id === undefined) return undefined;
    let frame: string | Buffer;
    try {
      frame = encodeResult(this.id, payload, this.ext, more);
    } catch (error) {
      this.#outlet.report(error, this.method);
      return this.#sendError(errorOf(PROTOCOL_ERRORS.internal));
    }
    this.#replyBytes += this.#outlet.send(frame);
    return undefined;
  }

  /** Gives the code that was sent. */
  #sendError(error: DuplexError): number {
    if (this.id === undefined) return error.code;
    let { code } = error;
    let frame: string;
    try {
      frame = encodeError(this.id, error.toJSON(), this.ext);
    } catch (encodingError) {
      this.#outlet.report(encodingError, this.method);
      ({ code } = PROTOCOL_ERRORS.internal);
      frame = encodeError(this.id, errorOf(PROTOCOL_ERRORS.internal).toJSON(), this.ext);
    }
    this.#replyBytes += this.#outlet.send(frame);
    return code;
  }

  #settle(code: number | undefined): void {
    this.#settled = true;
    const { bytes, at, served } = this.#arrival;
    this.#outlet.release(bytes);
    const { observer } = this.#outlet;
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
