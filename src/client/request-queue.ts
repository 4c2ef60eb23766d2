import type { Connection } from './connection.js';
import { notConnected } from './connector.js';
import { ClosedError, ConnectionLostError, FrameTooLargeError, type JavascriptdError } from './errors.js';
import { errorOf } from './reply-errors.js';
import type { CloseInfo } from './socket.js';
import { timerMs } from './timer.js';
import { byteLength, exceedsBytes, requestFrame, type Message } from './wire.js';

/** A request and its callbacks: `sent`, then replies with `more`, then exactly one final reply or failure. */
export interface QueuedRequest {
  readonly method: string;
  /** JSON text. */
  readonly payload: string;
  sent(id: number): void;
  /** @param size characters of the reply's frame */
  received(payload: unknown, more: boolean, size: number): void;
  /** May be called before `sent`. */
  failed(error: JavascriptdError): void;
}

export interface RequestQueueSettings {
  readonly queueSize: number;
  /** Milliseconds that a request waits while there is no connection. */
  readonly queueTimeout: number;
  readonly maxInFlight: number;
  readonly maxFrameBytes: number;
}

/** The part of the connector that the queue needs. */
interface ReconnectTrigger {
  readonly lastFailure: CloseInfo | undefined;
  ensureConnecting(): void;
}

/**
 * A service stops reading a connection at 32 MiB of unanswered requests. It would then miss cancellations and the
 * results of host functions.
 */
const MAX_CHARACTERS_IN_FLIGHT = 8 * 2 ** 20;

/** Requests that wait for a connection, and requests in flight. Each is sent at most once. */
export class RequestQueue {
  readonly #settings: RequestQueueSettings;
  readonly #connector: ReconnectTrigger;
  /** In order. The timer ends the wait of a request while there is no connection. */
  readonly #waiting = new Map<QueuedRequest, ReturnType<typeof setTimeout> | undefined>();
  readonly #delayed = new Map<QueuedRequest, ReturnType<typeof setTimeout>>();
  readonly #inFlight = new Map<number, { readonly request: QueuedRequest; readonly size: number }>();
  #connection: Connection | undefined;
  #lastId = 0;
  #charactersInFlight = 0;
  #closed = false;

  constructor(settings: RequestQueueSettings, connector: ReconnectTrigger) {
    this.#settings = settings;
    this.#connector = connector;
  }

  /** Sends the request now, or queues it. */
  add(request: QueuedRequest): void {
    if (this.#closed) return request.failed(new ClosedError(false));
    if (this.#waiting.size >= this.#settings.queueSize) {
      return request.failed(notConnected('the request queue is full', this.#connector.lastFailure));
    }
    this.#waiting.set(request, this.#connection === undefined ? this.#startTimeout(request) : undefined);
    if (this.#connection === undefined) this.#connector.ensureConnecting();
    else this.#flush();
  }

  /** Adds the request after a delay. */
  addLater(request: QueuedRequest, delayMs: number): void {
    if (this.#closed) return request.failed(new ClosedError(false));
    const timer = setTimeout(() => {
      this.#delayed.delete(request);
      this.add(request);
    }, delayMs);
    this.#delayed.set(request, timer);
  }

  /** Sends the request ahead of the queue. Fails it if there is no connection. */
  sendUrgent(request: QueuedRequest): void {
    if (this.#connection === undefined) {
      request.failed(notConnected('no connection', this.#connector.lastFailure));
    } else this.#send(request, this.#connection);
  }

  /** Removes a request that was not sent. @returns false if the request is not queued */
  remove(request: QueuedRequest): boolean {
    clearTimeout(this.#delayed.get(request));
    clearTimeout(this.#waiting.get(request));
    return this.#delayed.delete(request) || this.#waiting.delete(request);
  }

  /** Ignores the reply to a request in flight. */
  forget(id: number): void {
    this.#take(id);
    this.#flush();
  }

  inFlight(id: unknown): QueuedRequest | undefined {
    return typeof id === 'number' ? this.#inFlight.get(id)?.request : undefined;
  }

  connected(connection: Connection): void {
    this.#connection = connection;
    for (const [request, timer] of this.#waiting) {
      clearTimeout(timer);
      this.#waiting.set(request, undefined);
    }
    this.#flush();
  }

  connectionLost({ code, reason, cause }: CloseInfo): void {
    this.#connection = undefined;
    for (const request of this.#waiting.keys()) this.#waiting.set(request, this.#startTimeout(request));
    for (const id of this.#inFlight.keys()) {
      this.#take(id)?.failed(new ConnectionLostError(code, reason, cause));
    }
  }

  /** Passes a reply to its request. Replies with an unknown id are ignored. */
  reply(message: Message & { readonly kind: 'result' | 'error' }, size: number): void {
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

  /** Fails all requests that were not sent. */
  failQueued(error: JavascriptdError): void {
    for (const request of [...this.#waiting.keys(), ...this.#delayed.keys()]) {
      this.remove(request);
      request.failed(error);
    }
  }

  close(): void {
    this.#closed = true;
    this.#connection = undefined;
    this.failQueued(new ClosedError(false));
    for (const id of this.#inFlight.keys()) this.#take(id)?.failed(new ClosedError(true));
  }

  #flush(): void {
    for (const [request] of this.#waiting) {
      const isFull =
        this.#inFlight.size >= this.#settings.maxInFlight ||
        this.#charactersInFlight >= MAX_CHARACTERS_IN_FLIGHT;
      if (this.#connection === undefined || isFull) return;
      this.#waiting.delete(request);
      this.#send(request, this.#connection);
    }
  }

  #send(request: QueuedRequest, connection: Connection): void {
    const { maxFrameBytes } = this.#settings;
    const { payload } = request;
    // Checked before the frame is built: a string close to the maximum string length cannot be extended.
    if (payload.length > maxFrameBytes) {
      return request.failed(new FrameTooLargeError(byteLength(payload), maxFrameBytes));
    }
    const id = (this.#lastId += 1);
    const frame = requestFrame(id, request.method, payload);
    if (exceedsBytes(frame, maxFrameBytes)) {
      return request.failed(new FrameTooLargeError(byteLength(frame), maxFrameBytes));
    }
    this.#inFlight.set(id, { request, size: frame.length });
    this.#charactersInFlight += frame.length;
    request.sent(id);
    connection.send(frame);
  }

  #take(id: number): QueuedRequest | undefined {
    const entry = this.#inFlight.get(id);
    this.#inFlight.delete(id);
    this.#charactersInFlight -= entry?.size ?? 0;
    return entry?.request;
  }

  #startTimeout(request: QueuedRequest): ReturnType<typeof setTimeout> {
    const { queueTimeout } = this.#settings;
    return setTimeout(() => {
      this.#waiting.delete(request);
      request.failed(notConnected(`no connection for ${queueTimeout} ms`, this.#connector.lastFailure));
    }, timerMs(queueTimeout));
  }
}
