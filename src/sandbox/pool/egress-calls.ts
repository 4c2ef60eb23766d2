import type { EgressExchange, EgressReply, EgressRequest, EgressSession } from '../egress.js';
import {
  EGRESS_CHUNK_BYTES,
  EGRESS_WINDOW_BYTES,
  type EgressFrame,
  type EgressOp,
  egressText,
} from '../boundary/egress/egress-frame.js';

/** Max requests of an execution, refused ones included; a further one ends the script. */
const MAX_REQUESTS = 10_000;

/** Bytes are Latin-1 text on the pipe, where each may take two. */
const BACKLOG_WINDOWS = 4;
/** Max frames for each request that have no effect: our runner sends some that were on their way when the request ended. */
const MAX_VAIN = 64;
const FAILED = { code: 'ERR_EGRESS_REFUSED', message: 'the request could not be made' };
const TOO_FAST = { code: 'ERR_EGRESS_INVALID_REQUEST', message: 'the body came faster than it may' };

/** What the requests of one execution need. */
export interface EgressCallsLinks {
  readonly session: EgressSession;
  /** Sends a frame to the runner. */
  send(text: string): void;
  /** Bytes that the runner has not read. */
  backlog(): number;
  /** The script has begun too many requests. */
  excess(): void;
}

interface Open {
  readonly exchange: EgressExchange;
  /** Bytes of the request body that were not consumed, and of the response body that the script has not read. */
  unsent: number;
  unread: number;
  paused: boolean;
  /** Whether the request's body is complete. */
  sent: boolean;
}

/** The requests of one script. Every frame of its runner is checked here, and can only concern its own requests. */
export class EgressCalls {
  readonly #open = new Map<number, Open>();
  #requests = 0;
  #vain = 0;
  /** Bytes for requests that were over. */
  #lateBytes = 0;
  #closed = false;

  constructor(private readonly links: EgressCallsLinks) {}

  /** @returns false on a protocol violation: our runner sends no such frame */
  take(frame: EgressFrame): boolean {
    try {
      return frame.op === 'open' ? this.#begin(frame.id, frame.body) : this.#follow(frame);
    } catch {
      // The egress of an application threw: the request has failed, and nothing else.
      this.#open.delete(frame.id);
      this.#send('fault', frame.id, JSON.stringify(FAILED));
      return true;
    }
  }

  /** The execution is over. */
  close(): void {
    this.#closed = true;
    this.#open.clear();
    try {
      this.links.session.close();
    } catch {
      // As in take: the execution has its outcome all the same.
    }
  }

  #follow({ op, id, body }: EgressFrame): boolean {
    const open = this.#open.get(id);
    if (open === undefined) return op === 'data' ? this.#isLate(body) : this.#isVain();
    switch (op) {
      case 'data':
        if (open.sent) return this.#isVain();
        this.#write(id, open, body);
        return true;
      case 'end':
        if (open.sent) return this.#isVain();
        open.sent = true;
        open.exchange.end();
        return true;
      case 'abort':
        this.#open.delete(id);
        open.exchange.abort();
        return true;
      case 'credit':
        if (Number(body) > open.unread && !this.#isVain()) return false;
        credit(open, Number(body));
        return true;
      default:
        return false;
    }
  }

  /** A part of the body of a request that is over: no more than a window of it can have been on its way. */
  #isLate(body: string): boolean {
    this.#lateBytes += body.length;
    return this.#lateBytes <= this.#requests * EGRESS_WINDOW_BYTES;
  }

  /** @returns false when more frames had no effect than our runner sends */
  #isVain(): boolean {
    this.#vain += 1;
    return this.#vain <= this.#requests * MAX_VAIN;
  }

  #begin(id: number, json: string): boolean {
    if (this.#open.has(id)) return false;
    this.#requests += 1;
    if (this.#requests > MAX_REQUESTS) {
      this.links.excess();
      return true;
    }
    let isOver = false;
    const exchange = this.links.session.request(
      requestOf(json),
      this.#replyTo(id, () => (isOver = true)),
    );
    if (!isOver) this.#open.set(id, { exchange, unsent: 0, unread: 0, paused: false, sent: false });
    return true;
  }

  #write(id: number, open: Open, body: string): void {
    const chunk = Buffer.from(body, 'latin1');
    open.unsent += chunk.length;
    if (open.unsent <= EGRESS_WINDOW_BYTES) return open.exchange.write(chunk);
    this.#open.delete(id);
    open.exchange.abort();
    this.#send('fault', id, JSON.stringify(TOO_FAST));
  }

  #send(op: EgressOp, id: number, body: string): void {
    if (this.#closed) return;
    this.links.send(egressText(op, id, body));
    // Only a runner that reports reads that did not happen gets here.
    if (this.links.backlog() > BACKLOG_WINDOWS * EGRESS_WINDOW_BYTES * (this.#open.size + 8))
      this.links.excess();
  }

  #replyTo(id: number, over: () => void): EgressReply {
    const send = (op: EgressOp, body: string): void => this.#send(op, id, body);
    const last = (op: EgressOp, body: string): void => {
      over();
      this.#open.delete(id);
      send(op, body);
    };
    return {
      head: (head) => send('head', JSON.stringify(head)),
      data: (chunk) => {
        for (let at = 0; at < chunk.length; at += EGRESS_CHUNK_BYTES)
          send('data', chunk.toString('latin1', at, at + EGRESS_CHUNK_BYTES));
        const open = this.#open.get(id);
        if (open === undefined) return;
        open.unread += chunk.length;
        if (open.unread < EGRESS_WINDOW_BYTES || open.paused) return;
        open.paused = true;
        open.exchange.pause();
      },
      ended: () => last('end', ''),
      failed: (fault) => last('fault', JSON.stringify(fault)),
      taken: (bytes) => {
        const open = this.#open.get(id);
        if (open !== undefined) open.unsent -= bytes;
        send('credit', String(bytes));
      },
    };
  }
}

function credit(open: Open, bytes: number): void {
  open.unread = Math.max(open.unread - bytes, 0);
  if (!open.paused || open.unread > EGRESS_WINDOW_BYTES / 2) return;
  open.paused = false;
  open.exchange.resume();
}

/** Copied field by field: the script may have made any of them, and the session refuses invalid ones. */
function requestOf(json: string): EgressRequest {
  const { method, url, headers, hasBody } = recordOf(json);
  return {
    method: textOf(method),
    url: textOf(url),
    headers: Array.isArray(headers) ? headers.map(textOf) : [],
    hasBody: hasBody === true,
  };
}

function recordOf(json: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(json)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
