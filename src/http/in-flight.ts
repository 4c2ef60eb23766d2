import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { FastifyRequest } from 'fastify';
import type { Identity } from '../auth/index.js';
import type { MemoryBudget } from '../memory-budget/index.js';
import type { Delivery, PendingRequest } from '../runtime/index.js';

/** The state of an admitted HTTP request, from its head to the end of its response. */
export class RequestContext implements PendingRequest {
  /** Length of the body, once it was read. */
  requestBytes = 0;
  readonly #receivedAt = performance.now();
  readonly #disconnect = new AbortController();
  #bodyBytes = 0;
  #responseBytes = 0;
  /** The rest of the body, if any, is discarded. */
  #isBodyDone = false;
  #listeners: ((delivery: Delivery) => void)[] = [];

  constructor(
    readonly identity: Identity,
    /** JSON text that corresponds to the `ext` of a Duplex request. */
    readonly ext: string | undefined,
    private readonly memory: MemoryBudget,
  ) {}

  /**
   * Reserves memory for bytes of the body, until {@link releaseBody}.
   * @returns false if the tenant's share of memory is exhausted
   */
  reserveBody(bytes: number): boolean {
    if (this.#isBodyDone) return true;
    if (!this.memory.take(this.identity.tenant, bytes)) return false;
    this.#bodyBytes += bytes;
    return true;
  }

  releaseBody(): void {
    this.memory.release(this.identity.tenant, this.#bodyBytes);
    this.#bodyBytes = 0;
  }

  /**
   * Sets how many bytes of the response are buffered for the client, and reserves that memory until {@link release}.
   * @returns false if the tenant's share of memory is exhausted: the response must be dropped
   */
  reserveResponse(bytes: number): boolean {
    const more = bytes - this.#responseBytes;
    const { tenant } = this.identity;
    if (this.disconnectSignal.aborted) return true;
    if (more > 0 && !this.memory.take(tenant, more)) return false;
    if (more < 0) this.memory.release(tenant, -more);
    this.#responseBytes = bytes;
    return true;
  }

  /** Releases the memory of the body and the response. */
  release(): void {
    this.releaseBody();
    this.memory.release(this.identity.tenant, this.#responseBytes);
    this.#responseBytes = 0;
  }

  /** Aborts when the client disconnects before it has received the whole response. */
  get disconnectSignal(): AbortSignal {
    return this.#disconnect.signal;
  }

  /** The client disconnected before it has received the whole response. */
  disconnected(): void {
    this.#isBodyDone = true;
    this.release();
    this.#disconnect.abort();
  }

  onSettled(listener: (delivery: Delivery) => void): void {
    this.#listeners.push(listener);
  }

  /**
   * The whole response was passed to the socket.
   * @param code error code of the response; `undefined` for a result
   */
  settle(code: number | undefined, replyBytes: number): void {
    this.#isBodyDone = true;
    this.releaseBody();
    const delivery = {
      code,
      receivedAt: this.#receivedAt,
      answeredAt: performance.now(),
      requestBytes: this.requestBytes,
      replyBytes,
    };
    for (const listener of this.#listeners.splice(0)) listener(delivery);
  }
}

/** A Fastify request; it has a context once it was admitted. */
export type RequestWithContext = FastifyRequest & { requestContext?: RequestContext };

/** @throws Error if the request was not admitted */
export function contextOf({ requestContext }: Pick<RequestWithContext, 'requestContext'>): RequestContext {
  if (requestContext === undefined) throw new Error('the request was not admitted by the RequestHooks');
  return requestContext;
}

/** The admitted requests whose response is not complete yet. Graceful shutdown waits for them. */
export class InFlightRequests {
  /** A connection may have several requests, because clients may pipeline. */
  readonly #byConnection = new WeakMap<Socket, Set<RequestContext>>();
  readonly #deadline: () => number;
  #count = 0;
  #stopped: { readonly at: number } | undefined;
  #onEmpty: (() => void) | undefined;

  /** @param graceMs how long requests in flight may take after {@link stop} */
  constructor(graceMs: number) {
    this.#deadline = () => (this.#stopped?.at ?? performance.now()) + graceMs;
  }

  get stopping(): boolean {
    return this.#stopped !== undefined;
  }

  /** Starts the grace period. No more requests may be added. */
  stop(): void {
    this.#stopped ??= { at: performance.now() };
  }

  add(context: RequestContext, response: ServerResponse, socket: Socket): void {
    if (socket.destroyed) return context.disconnected();
    const contexts = this.#byConnection.get(socket) ?? this.#watch(socket);
    contexts.add(context);
    this.#count += 1;
    // Not emitted if the connection ends while this response waits behind another one (pipelining).
    response.once('close', () => {
      if (!response.writableFinished) context.disconnected();
      context.release();
      if (contexts.delete(context)) this.#removed(1);
    });
  }

  /** Resolves when no request is in flight, or at the end of the grace period. */
  async drained(): Promise<void> {
    if (this.#count === 0) return;
    const empty = new Promise<void>((resolve) => {
      this.#onEmpty = resolve;
    });
    const timer = new AbortController();
    const graceLeft = Math.max(0, this.#deadline() - performance.now());
    await Promise.race([empty, delay(graceLeft, undefined, { signal: timer.signal }).catch(() => undefined)]);
    timer.abort();
  }

  #watch(socket: Socket): Set<RequestContext> {
    const contexts = new Set<RequestContext>();
    this.#byConnection.set(socket, contexts);
    socket.once('close', () => {
      const { size } = contexts;
      for (const context of contexts) context.disconnected();
      contexts.clear();
      this.#removed(size);
    });
    return contexts;
  }

  #removed(count: number): void {
    this.#count -= count;
    if (this.#count === 0) this.#onEmpty?.();
  }
}
