import { DuplexError, PROTOCOL_ERRORS, errorOf } from './errors.js';
import { encodeError, encodeResult, type Request, type RequestId } from './message.js';

/** Where a channel sends to; one for each connection. */
export interface Outlet {
  send(frame: string): void;
  /** The request, whose frame had so many bytes, has its final reply. */
  release(frameBytes: number): void;
  /** A fault of ours, to be logged. */
  report(error: unknown, method: string): void;
}

/**
 * The reply side of one request. Settles once: whatever comes after the final reply is dropped, and so is
 * every reply to a notification.
 */
export class Channel {
  readonly method: string;
  readonly #outlet: Outlet;
  readonly #id: RequestId | undefined;
  readonly #ext: string | undefined;
  readonly #frameBytes: number;
  #settled = false;

  constructor(outlet: Outlet, request: Request, frameBytes: number) {
    this.method = request.method ?? '';
    this.#outlet = outlet;
    this.#id = request.id;
    this.#ext = request.ext;
    this.#frameBytes = frameBytes;
  }

  get settled(): boolean {
    return this.#settled;
  }

  /** The final result. A payload that JSON cannot carry is answered as an internal error. */
  reply(payload: unknown): void {
    if (this.#settled) return;
    this.#sendResult(payload, false);
    this.#settle();
  }

  /** One result of several; a final `reply` or `fail` must follow. */
  next(payload: unknown): void {
    if (this.#settled) return;
    if (!this.#sendResult(payload, true)) this.#settle();
  }

  /** The final error. Anything but a {@link DuplexError} is reported, and answered with no detail of it. */
  fail(error: unknown): void {
    if (!(error instanceof DuplexError)) this.#outlet.report(error, this.method);
    if (this.#settled) return;
    this.#sendError(error instanceof DuplexError ? error : errorOf(PROTOCOL_ERRORS.internal));
    this.#settle();
  }

  /** Gives false when it had to send a final error instead. */
  #sendResult(payload: unknown, more: boolean): boolean {
    if (this.#id === undefined) return true;
    let frame: string;
    try {
      frame = encodeResult(this.#id, payload, this.#ext, more);
    } catch (error) {
      this.#outlet.report(error, this.method);
      this.#sendError(errorOf(PROTOCOL_ERRORS.internal));
      return false;
    }
    this.#outlet.send(frame);
    return true;
  }

  #sendError(error: DuplexError): void {
    if (this.#id === undefined) return;
    let frame: string;
    try {
      frame = encodeError(this.#id, error.toJSON(), this.#ext);
    } catch (encodingError) {
      this.#outlet.report(encodingError, this.method);
      frame = encodeError(this.#id, errorOf(PROTOCOL_ERRORS.internal).toJSON(), this.#ext);
    }
    this.#outlet.send(frame);
  }

  #settle(): void {
    this.#settled = true;
    this.#outlet.release(this.#frameBytes);
  }
}
