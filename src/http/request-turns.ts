import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Requests handled as they arrive, in one turn of the event loop: of one connection, and of all. */
const PROMPT_PER_CONNECTION = 8;
const PROMPT = 64;
/** Milliseconds of one turn that may go into requests that had to wait. */
const TURN_MS = 5;
/** Requests of one connection that have no whole answer yet; one more ends the connection. */
export const MAX_PIPELINED = 256;

type Waiting = readonly [IncomingMessage, ServerResponse];

interface Pipeline {
  readonly socket: Socket;
  readonly waiting: Waiting[];
  unanswered: number;
  last: IncomingMessage | undefined;
  /** The turn in which `prompt` requests were handled as they arrived. */
  turn: number;
  prompt: number;
}

/**
 * Shares the event loop between connections. Node hands over all requests of a read at once, and 64 KiB may hold
 * thousands; those past a few wait, and each connection in turn has one of them handled.
 */
export class RequestTurns {
  readonly #pipelines = new WeakMap<Socket, Pipeline>();
  /** Connections whose requests wait, the next one first. */
  readonly #queue = new Set<Pipeline>();
  #turn = 0;
  #prompt = 0;
  #scheduled = false;

  constructor(private readonly handle: RequestListener) {}

  take(request: IncomingMessage, response: ServerResponse): void {
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
    if (this.#isPrompt(pipeline)) {
      this.handle(request, response);
    } else {
      pipeline.waiting.push([request, response]);
      this.#queue.add(pipeline);
    }
  }

  /** Whether more of the body of a connection's last request is to come. */
  isInBody(socket: Socket): boolean {
    return this.#pipelines.get(socket)?.last?.complete === false;
  }

  #isPrompt(pipeline: Pipeline): boolean {
    if (pipeline.waiting.length > 0 || this.#prompt >= PROMPT) return false;
    if (pipeline.turn !== this.#turn) {
      pipeline.turn = this.#turn;
      pipeline.prompt = 0;
    }
    if (pipeline.prompt >= PROMPT_PER_CONNECTION) return false;
    pipeline.prompt += 1;
    this.#prompt += 1;
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
    this.#prompt = 0;
    const end = performance.now() + TURN_MS;
    for (const pipeline of this.#queue) {
      this.#queue.delete(pipeline);
      if (pipeline.socket.destroyed) pipeline.waiting.length = 0;
      const next = pipeline.waiting.shift();
      // At the end of the set, which the loop comes to in this turn if there is time.
      if (pipeline.waiting.length > 0) this.#queue.add(pipeline);
      if (next !== undefined) this.handle(...next);
      if (performance.now() >= end) break;
    }
    if (this.#queue.size > 0) this.#schedule();
  }

  #pipelineOf(socket: Socket): Pipeline {
    let pipeline = this.#pipelines.get(socket);
    if (pipeline === undefined) {
      pipeline = { socket, waiting: [], unanswered: 0, last: undefined, turn: -1, prompt: 0 };
      this.#pipelines.set(socket, pipeline);
    }
    return pipeline;
  }
}
