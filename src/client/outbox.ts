import { notConnected } from './connector.js';
import { ClosedError, ConnectionLostError, FrameTooLargeError, type JavascriptdError } from './errors.js';
import type { Link } from './link.js';
import { errorOf } from './reply-errors.js';
import type { Closing } from './socket.js';
import { timerMs } from './timer.js';
import { bytesOf, isLonger, requestFrame, type Message } from './wire.js';

/** A request and what becomes of it: `sent`, then results with `more`, then one last result or failure. */
export interface Request {
  readonly method: string;
  /** JSON text. */
  readonly payload: string;
  sent(id: number): void;
  /** @param size characters of the frame */
  received(payload: unknown, more: boolean, size: number): void;
  /** Also without having been sent. */
  failed(error: JavascriptdError): void;
}

export interface OutboxSettings {
  readonly queueSize: number;
  /** Milliseconds without a connection. */
  readonly queueTimeout: number;
  readonly maxInFlight: number;
  readonly maxFrameBytes: number;
}

/** What connects. */
interface Wakeable {
  readonly lastFailure: Closing | undefined;
  wake(): void;
}

/** A service stops reading at 32 MiB of unanswered requests; then it would read no cancelling and no host result. */
const MAX_CHARACTERS_IN_FLIGHT = 8 * 2 ** 20;

/** Requests that wait for a connection, and those that wait for their answer. Each is sent at most once. */
export class Outbox {
  readonly #settings: OutboxSettings;
  readonly #connector: Wakeable;
  /** In order, each with the timer that ends its wait while there is no link. */
  readonly #waiting = new Map<Request, ReturnType<typeof setTimeout> | undefined>();
  readonly #delayed = new Map<Request, ReturnType<typeof setTimeout>>();
  readonly #inFlight = new Map<number, { readonly request: Request; readonly size: number }>();
  #link: Link | undefined;
  #lastId = 0;
  #characters = 0;
  #closed = false;

  constructor(settings: OutboxSettings, connector: Wakeable) {
    this.#settings = settings;
    this.#connector = connector;
  }

  /** Sends the request, or keeps it until it can be sent. */
  add(request: Request): void {
    if (this.#closed) return request.failed(new ClosedError(false));
    if (this.#waiting.size >= this.#settings.queueSize) {
      return request.failed(notConnected('too many calls wait already', this.#connector.lastFailure));
    }
    this.#waiting.set(request, this.#link === undefined ? this.#expiry(request) : undefined);
    if (this.#link === undefined) this.#connector.wake();
    else this.#flush();
  }

  /** Adds it after so many milliseconds. */
  addLater(request: Request, delayMs: number): void {
    if (this.#closed) return request.failed(new ClosedError(false));
    const timer = setTimeout(() => {
      this.#delayed.delete(request);
      this.add(request);
    }, delayMs);
    this.#delayed.set(request, timer);
  }

  /** Sends at once what must not wait in line; fails without a connection. */
  addUrgent(request: Request): void {
    if (this.#link === undefined) request.failed(notConnected('no connection', this.#connector.lastFailure));
    else this.#send(request, this.#link);
  }

  /** Takes back a request that was not sent; false for another. */
  withdraw(request: Request): boolean {
    clearTimeout(this.#delayed.get(request));
    clearTimeout(this.#waiting.get(request));
    return this.#delayed.delete(request) || this.#waiting.delete(request);
  }

  /** Its answer will not be waited for. */
  forget(id: number): void {
    this.#take(id);
    this.#flush();
  }

  inFlight(id: unknown): Request | undefined {
    return typeof id === 'number' ? this.#inFlight.get(id)?.request : undefined;
  }

  connected(link: Link): void {
    this.#link = link;
    for (const [request, timer] of this.#waiting) {
      clearTimeout(timer);
      this.#waiting.set(request, undefined);
    }
    this.#flush();
  }

  lost({ code, reason, cause }: Closing): void {
    this.#link = undefined;
    for (const request of this.#waiting.keys()) this.#waiting.set(request, this.#expiry(request));
    for (const id of this.#inFlight.keys()) {
      this.#take(id)?.failed(new ConnectionLostError(code, reason, cause));
    }
  }

  /** Answers of ids that nobody waits for are passed over. */
  settle(message: Message & { readonly kind: 'result' | 'error' }, size: number): void {
    const { id } = message;
    if (typeof id !== 'number') return;
    if (message.kind === 'result' && message.more) {
      this.#inFlight.get(id)?.request.received(message.payload, true, size);
      return;
    }
    const request = this.#take(id);
    if (message.kind === 'result') request?.received(message.payload, false, size);
    else request?.failed(errorOf(message.error));
    this.#flush();
  }

  /** None of those that wait will be sent. */
  abandon(error: JavascriptdError): void {
    for (const request of [...this.#waiting.keys(), ...this.#delayed.keys()]) {
      this.withdraw(request);
      request.failed(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#link = undefined;
    this.abandon(new ClosedError(false));
    for (const id of this.#inFlight.keys()) this.#take(id)?.failed(new ClosedError(true));
  }

  #flush(): void {
    for (const [request] of this.#waiting) {
      const isFull =
        this.#inFlight.size >= this.#settings.maxInFlight || this.#characters >= MAX_CHARACTERS_IN_FLIGHT;
      if (this.#link === undefined || isFull) return;
      this.#waiting.delete(request);
      this.#send(request, this.#link);
    }
  }

  #send(request: Request, link: Link): void {
    const { maxFrameBytes } = this.#settings;
    const { payload } = request;
    // A text near the longest that there may be cannot be made longer.
    if (payload.length > maxFrameBytes) {
      return request.failed(new FrameTooLargeError(bytesOf(payload), maxFrameBytes));
    }
    const id = (this.#lastId += 1);
    const frame = requestFrame(id, request.method, payload);
    if (isLonger(frame, maxFrameBytes)) {
      return request.failed(new FrameTooLargeError(bytesOf(frame), maxFrameBytes));
    }
    this.#inFlight.set(id, { request, size: frame.length });
    this.#characters += frame.length;
    request.sent(id);
    link.send(frame);
  }

  #take(id: number): Request | undefined {
    const entry = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    this.#characters -= entry?.size ?? 0;
    return entry?.request;
  }

  #expiry(request: Request): ReturnType<typeof setTimeout> {
    const { queueTimeout } = this.#settings;
    return setTimeout(() => {
      this.#waiting.delete(request);
      request.failed(notConnected(`no connection for ${queueTimeout} ms`, this.#connector.lastFailure));
    }, timerMs(queueTimeout));
  }
}
