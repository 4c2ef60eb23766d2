import type { EgressExchange, EgressReply, EgressRequest, EgressSession } from '../egress.js';
import {
  EGRESS_CHUNK_BYTES,
  EGRESS_WINDOW_BYTES,
  type EgressFrame,
  type EgressOp,
  egressText,
} from '../runner/egress/egress-frame.js';

/** Most requests that an execution may begin, those that are refused too; past it the script is ended. */
const MAX_REQUESTS = 10_000;

/** Of bytes as Latin-1 text, each may take two on the pipe. */
const BACKLOG_WINDOWS = 4;
const TOO_FAST = { code: 'ERR_EGRESS_INVALID_REQUEST', message: 'the body came faster than it may' };

/** What the requests of one execution go through. */
export interface EgressCallsLinks {
  readonly session: EgressSession;
  /** Tells the runner. */
  send(text: string): void;
  /** Bytes that the runner was told and has not read. */
  backlog(): number;
  /** More requests were begun than may be. */
  excess(): void;
}

interface Open {
  readonly exchange: EgressExchange;
  /** Bytes of the request's body that have not found their place, and of the response's that were not read. */
  unsent: number;
  unread: number;
  paused: boolean;
}

/** The requests of one script: what its runner says of them is checked here, and is about its own only. */
export class EgressCalls {
  readonly #open = new Map<number, Open>();
  #requests = 0;
  #closed = false;

  constructor(private readonly links: EgressCallsLinks) {}

  /** @returns false when no runner of ours says that */
  take({ op, id, body }: EgressFrame): boolean {
    if (op === 'open') return this.#begin(id, body);
    const open = this.#open.get(id);
    switch (op) {
      case 'data':
        // Of one that is over, it was on its way.
        if (open !== undefined) this.#write(id, open, body);
        return true;
      case 'end':
        open?.exchange.end();
        return true;
      case 'abort':
        this.#open.delete(id);
        open?.exchange.abort();
        return true;
      case 'credit':
        if (open !== undefined) credit(open, Number(body));
        return true;
      default:
        return false;
    }
  }

  /** The execution is over. */
  close(): void {
    this.#closed = true;
    this.#open.clear();
    this.links.session.close();
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
    if (!isOver) this.#open.set(id, { exchange, unsent: 0, unread: 0, paused: false });
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
    // Only a runner that says it has read what it has not can come to this.
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

/** Copied field by field; a script can have made any of them, and the session refuses what cannot be. */
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
