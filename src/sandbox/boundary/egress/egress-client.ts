/** The client side of egress requests. It uses neither Node nor a realm, so both can send requests with it. */

import {
  EGRESS_CHUNK_BYTES,
  EGRESS_WINDOW_BYTES,
  type EgressFrame,
  type EgressOp,
  egressText,
  parseEgressText,
} from './egress-frame.js';
import type { EgressFailure, EgressHead, EgressRequest } from './egress-types.js';

/** The connection to the gateway. */
export interface EgressPort {
  /** Sends a text. @returns false if egress is off; the empty text is not sent, and only asks */
  readonly send: (text: string) => boolean;
  readonly onText: (take: (text: string) => void) => void;
}

/** Receives the events of a response, in a later turn; `ended` or `failed` comes last. */
export interface EgressHandler {
  head(head: EgressHead): void;
  /** @param text a part of the body, one character a byte */
  data(text: string): void;
  ended(): void;
  failed(fault: EgressFailure): void;
  /** The body of the request has room again. */
  drained(): void;
}

/** Bytes that are consumed before the gateway is told. */
const CREDIT_BYTES = EGRESS_WINDOW_BYTES / 8;

/** One request in progress, and its response. */
export class EgressStream {
  readonly #waiting: string[] = [];
  #window = EGRESS_WINDOW_BYTES;
  #consumed = 0;
  #ended = false;
  #isFull = false;

  constructor(
    private readonly send: (op: EgressOp, body: string) => void,
    private readonly handler: EgressHandler,
    private readonly forget: () => void,
  ) {}

  /**
   * Sends a part of the body.
   * @param text one character a byte
   * @returns false if the caller should wait for `drained`
   */
  write(text: string): boolean {
    for (let at = 0; at < text.length; at += EGRESS_CHUNK_BYTES)
      this.#waiting.push(text.slice(at, at + EGRESS_CHUNK_BYTES));
    this.#flush();
    this.#isFull = this.#waiting.length > 0;
    return !this.#isFull;
  }

  /** Ends the body. */
  end(): void {
    this.#ended = true;
    this.#flush();
  }

  /** Cancels the request; its handler is not called again. */
  abort(): void {
    this.forget();
    this.send('abort', '');
  }

  /** Lets the gateway send as many bytes of the response again. */
  consumed(bytes: number): void {
    this.#consumed += bytes;
    if (this.#consumed < CREDIT_BYTES) return;
    this.send('credit', `${this.#consumed}`);
    this.#consumed = 0;
  }

  /** Handles a frame of the gateway. */
  take({ op, body }: EgressFrame): void {
    switch (op) {
      case 'head':
        return this.handler.head(JSON.parse(body) as EgressHead);
      case 'data':
        return this.handler.data(body);
      case 'end':
        this.forget();
        return this.handler.ended();
      case 'fault':
        this.forget();
        return this.handler.failed(JSON.parse(body) as EgressFailure);
      case 'credit':
        this.#window += +body;
        this.#flush();
        if (!this.#isFull || this.#waiting.length > 0) return;
        this.#isFull = false;
        this.handler.drained();
    }
  }

  #flush(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      if (next.length > this.#window) return;
      this.#waiting.shift();
      this.#window -= next.length;
      this.send('data', next);
    }
    if (!this.#ended) return;
    this.#ended = false;
    this.send('end', '');
  }
}

/** Makes the requests of one execution. */
export class EgressClient {
  readonly #open = new Map<number, EgressStream>();
  #last = 0;

  constructor(private readonly port: EgressPort) {
    port.onText((text) => {
      const frame = parseEgressText(text);
      if (frame !== undefined) this.#open.get(frame.id)?.take(frame);
    });
  }

  /** Whether egress is on. */
  get isOpen(): boolean {
    return this.port.send('');
  }

  /** Begins a request. */
  request({ method, url, headers, hasBody }: EgressRequest, handler: EgressHandler): EgressStream {
    const id = ++this.#last;
    const send = (op: EgressOp, body: string): void => void this.port.send(egressText(op, id, body));
    const stream = new EgressStream(send, handler, () => void this.#open.delete(id));
    this.#open.set(id, stream);
    send('open', JSON.stringify({ method, url, headers, hasBody }));
    return stream;
  }
}
