/** The runner's end of requests. It knows no Node and no realm: both can send through it. */

import { bytesOfText, textOfBytes } from '../bytes-text.js';
import {
  EGRESS_CHUNK_BYTES,
  EGRESS_WINDOW_BYTES,
  type EgressFrame,
  type EgressOp,
  egressText,
  parseEgressText,
} from './egress-frame.js';

/** How texts get to the gateway and back. */
export interface EgressPort {
  /** @returns false where there is no network; the empty text only asks */
  readonly send: (text: string) => boolean;
  readonly onText: (take: (text: string) => void) => void;
}

export interface ExchangeRequest {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  /** Whether a body follows. */
  readonly hasBody: boolean;
}

export interface ExchangeHead {
  readonly status: number;
  readonly statusText: string;
  readonly headers: readonly string[];
}

export interface ExchangeFault {
  readonly code: string;
  readonly message: string;
}

/** What is heard of a request, in a later turn; `ended` or `failed` comes last. */
export interface ExchangeListener {
  head(head: ExchangeHead): void;
  data(bytes: Uint8Array<ArrayBuffer>): void;
  ended(): void;
  failed(fault: ExchangeFault): void;
  /** More of the body may be written. */
  drained(): void;
}

/** Of the bytes that were read: so many are told at once. */
const CREDIT_BYTES = EGRESS_WINDOW_BYTES / 8;

/** One request under way. */
export class Exchange {
  readonly #waiting: string[] = [];
  #window = EGRESS_WINDOW_BYTES;
  #read = 0;
  #ended = false;
  #isFull = false;

  constructor(
    private readonly say: (op: EgressOp, body: string) => void,
    private readonly listener: ExchangeListener,
    private readonly forget: () => void,
  ) {}

  /** @returns false when nothing more should be written before `drained` */
  write(bytes: Uint8Array): boolean {
    for (let at = 0; at < bytes.length; at += EGRESS_CHUNK_BYTES)
      this.#waiting.push(textOfBytes(bytes.subarray(at, at + EGRESS_CHUNK_BYTES)));
    this.#flush();
    this.#isFull = this.#waiting.length > 0;
    return !this.#isFull;
  }

  /** The body is complete. */
  end(): void {
    this.#ended = true;
    this.#flush();
  }

  /** Nothing more is heard of it. */
  abort(): void {
    this.forget();
    this.say('abort', '');
  }

  /** So many bytes of the response have found their place: as many more may come. */
  consumed(bytes: number): void {
    this.#read += bytes;
    if (this.#read < CREDIT_BYTES) return;
    this.say('credit', `${this.#read}`);
    this.#read = 0;
  }

  take({ op, body }: EgressFrame): void {
    switch (op) {
      case 'head':
        return this.listener.head(JSON.parse(body) as ExchangeHead);
      case 'data':
        return this.listener.data(bytesOfText(body, 0, body.length));
      case 'end':
        this.forget();
        return this.listener.ended();
      case 'fault':
        this.forget();
        return this.listener.failed(JSON.parse(body) as ExchangeFault);
      case 'credit':
        this.#window += +body;
        this.#flush();
        if (!this.#isFull || this.#waiting.length > 0) return;
        this.#isFull = false;
        this.listener.drained();
    }
  }

  #flush(): void {
    for (;;) {
      const [next] = this.#waiting;
      if (next === undefined) break;
      if (next.length > this.#window) return;
      this.#waiting.shift();
      this.#window -= next.length;
      this.say('data', next);
    }
    if (!this.#ended) return;
    this.#ended = false;
    this.say('end', '');
  }
}

/** All requests of one execution. */
export class Exchanges {
  readonly #open = new Map<number, Exchange>();
  #last = 0;

  constructor(private readonly port: EgressPort) {
    port.onText((text) => {
      const frame = parseEgressText(text);
      if (frame !== undefined) this.#open.get(frame.id)?.take(frame);
    });
  }

  /** Whether there is a network at all. */
  get isOpen(): boolean {
    return this.port.send('');
  }

  begin({ method, url, headers, hasBody }: ExchangeRequest, listener: ExchangeListener): Exchange {
    const id = ++this.#last;
    const say = (op: EgressOp, body: string): void => void this.port.send(egressText(op, id, body));
    const exchange = new Exchange(say, listener, () => void this.#open.delete(id));
    this.#open.set(id, exchange);
    say('open', JSON.stringify({ method, url, headers, hasBody }));
    return exchange;
  }
}
