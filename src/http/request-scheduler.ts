import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { isProbe, TurnQueue } from './turn-queue.js';

/** Requests per event loop iteration that are handled on arrival: of one connection, and of all connections. */
const IMMEDIATE_PER_CONNECTION = 8;
const MAX_IMMEDIATE = 64;
/** Milliseconds per event loop iteration that queued requests may take. */
const TURN_MS = 5;
/** Maximum number of requests of one connection without a complete response. One more closes the connection. */
export const MAX_PIPELINED = 256;

type QueuedRequest = readonly [IncomingMessage, ServerResponse];

interface Pipeline {
  readonly socket: Socket;
  readonly queued: QueuedRequest[];
  unanswered: number;
  last: IncomingMessage | undefined;
  /** The turn to which `immediate` belongs. */
  turn: number;
  /** Requests that were handled on arrival in that turn. */
  immediate: number;
}

/**
 * Round-robin scheduler for HTTP requests, so that a connection that pipelines requests cannot block the event loop for
 * the others. Node emits all requests of a read at once, and 64 KiB may contain thousands. Beyond a few, requests are
 * queued, and one of each connection is handled in turn.
 */
export class RequestScheduler {
  readonly #pipelines = new WeakMap<Socket, Pipeline>();
  /** Connections with queued requests, in turn order. */
  readonly #queue = new TurnQueue<Pipeline>();
  #turn = 0;
  #immediate = 0;
  #scheduled = false;

  constructor(private readonly handle: RequestListener) {}

  add(request: IncomingMessage, response: ServerResponse): void {
    const { socket } = request;
    if (socket.destroyed) return;
    const pipeline = this.#pipelineOf(socket);
    if (pipeline.unanswered >= MAX_PIPELINED) {
      socket.destroy();
      return;
    }
    pipeline.unanswered += 1;
    pipeline.last = request;
    response.once('close', () => {
      pipeline.unanswered -= 1;
    });
    this.#schedule();
    if (this.#takeImmediate(pipeline)) {
      this.handle(request, response);
    } else {
      pipeline.queued.push([request, response]);
      this.#enqueue(pipeline);
    }
  }

  /** Whether the body of the connection's last request is still incomplete. */
  isInBody(socket: Socket): boolean {
    return this.#pipelines.get(socket)?.last?.complete === false;
  }

  /** Whether the connection's next request may be handled on arrival; counts it if so. */
  #takeImmediate(pipeline: Pipeline): boolean {
    if (pipeline.queued.length > 0 || this.#immediate >= MAX_IMMEDIATE) return false;
    if (pipeline.turn !== this.#turn) {
      pipeline.turn = this.#turn;
      pipeline.immediate = 0;
    }
    if (pipeline.immediate >= IMMEDIATE_PER_CONNECTION) return false;
    pipeline.immediate += 1;
    this.#immediate += 1;
    return true;
  }

  #schedule(): void {
    if (this.#scheduled) return;
    this.#scheduled = true;
    setImmediate(() => this.#nextTurn());
  }

  #nextTurn(): void {
    this.#scheduled = false;
    this.#turn += 1;
    this.#immediate = 0;
    const end = performance.now() + TURN_MS;
    for (let pipeline = this.#queue.take(); pipeline !== undefined; pipeline = this.#queue.take()) {
      if (pipeline.socket.destroyed) pipeline.queued.length = 0;
      const next = pipeline.queued.shift();
      // Appended to the queue: the loop reaches it again in this turn if there is time.
      if (pipeline.queued.length > 0) this.#enqueue(pipeline);
      if (next !== undefined) this.handle(...next);
      if (performance.now() >= end) break;
    }
    if (this.#queue.size > 0) this.#schedule();
  }

  #enqueue(pipeline: Pipeline): void {
    const [next] = pipeline.queued;
    this.#queue.add(pipeline, next !== undefined && isProbe(next[0].url ?? ''));
  }

  #pipelineOf(socket: Socket): Pipeline {
    let pipeline = this.#pipelines.get(socket);
    if (pipeline === undefined) {
      pipeline = { socket, queued: [], unanswered: 0, last: undefined, turn: -1, immediate: 0 };
      this.#pipelines.set(socket, pipeline);
    }
    return pipeline;
  }
}
