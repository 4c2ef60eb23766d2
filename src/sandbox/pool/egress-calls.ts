import type { EgressExchange, EgressReply, EgressSession } from '../egress.js';
import {
  EGRESS_CHUNK_BYTES,
  EGRESS_WINDOW_BYTES,
  type EgressFrame,
  type EgressOp,
  egressText,
} from '../boundary/egress/egress-frame.js';
import { requestOf } from './egress-request.js';

/** Most requests that an execution may begin, those that are refused too; past it the script is ended. */
const MAX_REQUESTS = 10_000;

/** Of bytes as Latin-1 text, each may take two on the pipe. */
const BACKLOG_WINDOWS = 4;
/** Most frames for each request that change nothing: those that were on their way when it ended, and a runner's that lies. */
const MAX_VAIN = 64;
const FAILED = { code: 'ERR_EGRESS_REFUSED', message: 'the request could not be made' };
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
  /** Whether the request's body is complete. */
  sent: boolean;
}

/** The requests of one script: what its runner says of them is checked here, and is about its own only. */
export class EgressCalls {
  readonly #open = new Map<number, Open>();
  #requests = 0;
  #vain = 0;
  /** Bytes for requests that were over. */
  #lateBytes = 0;
  #closed = false;

  constructor(private readonly links: EgressCallsLinks) {}

  /** @returns false when no runner of ours says that */
  take(frame: EgressFrame): boolean {
    try {
      return frame.op === 'open' ? this.#begin(frame.id, frame.body) : this.#follow(frame);
    } catch {
      // Thrown by the egress of an application: the request has failed, and nothing else.
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
      // As above: the execution has its outcome all the same.
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

  /** A part of the body of a request that is over: it was on its way, but no more than a window of it. */
  #isLate(body: string): boolean {
    this.#lateBytes += body.length;
    return this.#lateBytes <= this.#requests * EGRESS_WINDOW_BYTES;
  }

  /** @returns false when more frames changed nothing than a runner of ours sends */
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
