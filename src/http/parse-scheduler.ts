import type { Server } from 'node:http';
import { Socket } from 'node:net';
import { isProbe, TurnQueue } from './turn-queue.js';

/**
 * Bytes of one connection that are parsed before the next connection's turn. Body bytes are only copied, so more are
 * allowed.
 */
const SLICE_BYTES = 2048;
const BODY_SLICE_BYTES = 16_384;
/** Milliseconds per event loop iteration that all connections together may spend on parsing. */
const TURN_MS = 5;

type DataListener = (chunk: Buffer) => void;

/**
 * The input of a connection that Node's HTTP parser has not seen yet. Kept until another protocol takes the connection
 * over.
 */
interface ConnectionInput {
  readonly socket: Socket;
  /** Node's own listener, which parses. */
  readonly parse: DataListener;
  readonly listener: DataListener;
  pending: Buffer;
  /** Node has paused the connection. Its parser must get nothing before Node resumes it: an assertion would end the process. */
  isHeld: boolean;
}

/**
 * Round-robin scheduler for HTTP parsing, so that no connection can block the event loop for the others. Node parses a
 * whole read at once: 64 KiB contain up to two thousand requests, and many connections may send that much at a time.
 */
export class ParseScheduler {
  readonly #inputs = new WeakMap<Socket, ConnectionInput>();
  /** Connections with pending bytes, in turn order. */
  readonly #queue = new TurnQueue<ConnectionInput>();
  #scheduled = false;
  #turnEnd = 0;

  /** @param isInBody whether the body of a connection's last request is still incomplete */
  constructor(private readonly isInBody: (socket: Socket) => boolean) {}

  /** Must be called before the server has any connection. */
  attach(server: Server): void {
    server.on('connection', (socket) => this.#intercept(socket));
    // Runs before the listener that takes the connection over.
    server.prependListener('upgrade', (_request, socket) => {
      if (socket instanceof Socket) this.#release(socket);
      if (server.listenerCount('upgrade') === 1) socket.destroy();
    });
  }

  /** Replaces Node's `data` listener, and calls it with the bytes that may be parsed now. */
  #intercept(socket: Socket): void {
    // An in-memory connection has no such listener, and no untrusted client.
    if (!(socket instanceof Socket)) return;
    const [parse] = socket.listeners('data') as DataListener[];
    if (parse === undefined) return;
    const listener: DataListener = (chunk) => this.#receive(input, chunk);
    const input: ConnectionInput = { socket, parse, listener, pending: Buffer.alloc(0), isHeld: false };
    this.#inputs.set(socket, input);
    socket.pause = () => {
      input.isHeld = true;
      return Socket.prototype.pause.call(socket);
    };
    socket.resume = () => {
      input.isHeld = false;
      // Node resumes the socket when it wants more bytes. Pending bytes are parsed first.
      if (input.pending.length === 0) return Socket.prototype.resume.call(socket);
      this.#enqueue(input);
      return socket;
    };
    socket.off('data', parse);
    socket.on('data', listener);
  }

  #receive(input: ConnectionInput, chunk: Buffer): void {
    if (input.pending.length > 0) {
      input.pending = Buffer.concat([input.pending, chunk]);
      return;
    }
    input.pending = chunk;
    if (!this.#scheduled) this.#schedule();
    if (!input.isHeld && performance.now() < this.#turnEnd) this.#parseSlice(input);
    if (input.pending.length === 0) return;
    Socket.prototype.pause.call(input.socket);
    if (!input.isHeld) this.#enqueue(input);
  }

  #enqueue(input: ConnectionInput): void {
    this.#queue.add(input, startsWithProbe(input.pending));
    if (!this.#scheduled) this.#schedule();
  }

  #schedule(): void {
    this.#scheduled = true;
    this.#turnEnd = performance.now() + TURN_MS;
    setImmediate(() => this.#nextTurn());
  }

  #nextTurn(): void {
    this.#scheduled = false;
    if (this.#queue.size === 0) return;
    this.#schedule();
    for (let input = this.#queue.take(); input !== undefined; input = this.#queue.take()) {
      if (!input.isHeld) this.#parseSlice(input);
      // Parsing may have made Node pause the connection.
      if (!input.isHeld) this.#continue(input);
      if (performance.now() >= this.#turnEnd) break;
    }
  }

  #continue(input: ConnectionInput): void {
    // Appended to the queue: the loop of a turn reaches it again if there is time.
    if (input.pending.length > 0) this.#enqueue(input);
    else if (this.#inputs.has(input.socket)) Socket.prototype.resume.call(input.socket);
  }

  #parseSlice(input: ConnectionInput): void {
    const { socket, pending, parse } = input;
    const bytes = this.isInBody(socket) ? BODY_SLICE_BYTES : SLICE_BYTES;
    // Set before parsing, because an upgrade takes over the remaining bytes.
    input.pending = pending.subarray(bytes);
    if (!socket.destroyed) parse.call(socket, pending.subarray(0, bytes));
    if (socket.destroyed) input.pending = Buffer.alloc(0);
  }

  /** Returns the pending bytes to the socket, for the protocol that takes the connection over. */
  #release(socket: Socket): void {
    const input = this.#inputs.get(socket);
    if (input === undefined) return;
    const { pending, listener } = input;
    input.pending = Buffer.alloc(0);
    this.#inputs.delete(socket);
    socket.off('data', listener);
    socket.pause = Socket.prototype.pause.bind(socket);
    socket.resume = Socket.prototype.resume.bind(socket);
    if (pending.length > 0) socket.unshift(pending);
  }
}

/** Bytes that are enough to recognize a probe. */
const PROBE_BYTES = 16;

function startsWithProbe(pending: Buffer): boolean {
  const start = pending.toString('latin1', 0, PROBE_BYTES);
  return start.startsWith('GET ') && isProbe(start.slice('GET '.length));
}
