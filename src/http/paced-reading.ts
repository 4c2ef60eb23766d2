import type { Server } from 'node:http';
import { Socket } from 'node:net';

/** Bytes of one connection that are parsed before it is another one's turn; of a body more, which is only copied. */
const SLICE_BYTES = 2048;
const BODY_SLICE_BYTES = 16_384;
/** Milliseconds of one turn of the event loop that may go into parsing, all connections together. */
const TURN_MS = 5;

type Feed = (chunk: Buffer) => void;

/** What was read from a connection, and what of it Node's parser has not seen; until another protocol takes over. */
interface Reading {
  readonly socket: Socket;
  readonly feed: Feed;
  readonly listener: Feed;
  pending: Buffer;
  /** Node has paused the connection: its parser may be given nothing before Node resumes it. */
  isHeld: boolean;
}

/**
 * Shares the time for parsing between connections. Node would parse all of a read at once: 64 KiB hold two thousand
 * requests, and many connections send as much in one turn of the event loop.
 */
export class PacedReading {
  readonly #readings = new WeakMap<Socket, Reading>();
  /** Connections with bytes that wait, the next one first. */
  readonly #queue = new Set<Reading>();
  #scheduled = false;
  #turnEnd = 0;

  /** @param isInBody whether the last request of a connection is still incomplete */
  constructor(private readonly isInBody: (socket: Socket) => boolean) {}

  /** Before the server has any connection. */
  pace(server: Server): void {
    server.on('connection', (socket) => this.#watch(socket));
    // Before the listener that takes the connection over.
    server.prependListener('upgrade', (_request, socket) => {
      if (socket instanceof Socket) this.#release(socket);
      if (server.listenerCount('upgrade') === 1) socket.destroy();
    });
  }

  /** Stands between the connection and Node's own listener, which it calls with what it may parse now. */
  #watch(socket: Socket): void {
    // One that runs through memory has no listener of that kind, and no stranger at its other end.
    if (!(socket instanceof Socket)) return;
    const [feed] = socket.listeners('data') as Feed[];
    if (feed === undefined) return;
    const listener: Feed = (chunk) => this.#take(reading, chunk);
    const reading: Reading = { socket, feed, listener, pending: Buffer.alloc(0), isHeld: false };
    this.#readings.set(socket, reading);
    socket.pause = () => {
      reading.isHeld = true;
      return Socket.prototype.pause.call(socket);
    };
    socket.resume = () => {
      reading.isHeld = false;
      // Node wants more, of which there is some.
      if (reading.pending.length === 0) return Socket.prototype.resume.call(socket);
      this.#enqueue(reading);
      return socket;
    };
    socket.off('data', feed);
    socket.on('data', listener);
  }

  #take(reading: Reading, chunk: Buffer): void {
    if (reading.pending.length > 0) {
      reading.pending = Buffer.concat([reading.pending, chunk]);
      return;
    }
    reading.pending = chunk;
    if (!this.#scheduled) this.#schedule();
    if (!reading.isHeld && performance.now() < this.#turnEnd) this.#parseSlice(reading);
    if (reading.pending.length === 0) return;
    Socket.prototype.pause.call(reading.socket);
    if (!reading.isHeld) this.#enqueue(reading);
  }

  #enqueue(reading: Reading): void {
    this.#queue.add(reading);
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
    for (const reading of this.#queue) {
      this.#queue.delete(reading);
      if (!reading.isHeld) this.#parseSlice(reading);
      // At the end of the set, which the loop comes to in this turn if there is time.
      if (!reading.isHeld) this.#goOn(reading);
      if (performance.now() >= this.#turnEnd) break;
    }
  }

  #goOn(reading: Reading): void {
    if (reading.pending.length > 0) this.#queue.add(reading);
    else if (this.#readings.has(reading.socket)) Socket.prototype.resume.call(reading.socket);
  }

  #parseSlice(reading: Reading): void {
    const { socket, pending, feed } = reading;
    const bytes = this.isInBody(socket) ? BODY_SLICE_BYTES : SLICE_BYTES;
    // Before it is parsed: an upgrade takes what is left.
    reading.pending = pending.subarray(bytes);
    if (!socket.destroyed) feed.call(socket, pending.subarray(0, bytes));
    if (socket.destroyed) reading.pending = Buffer.alloc(0);
  }

  /** What is left belongs to whoever takes the connection over. */
  #release(socket: Socket): void {
    const reading = this.#readings.get(socket);
    if (reading === undefined) return;
    const { pending, listener } = reading;
    reading.pending = Buffer.alloc(0);
    this.#readings.delete(socket);
    socket.off('data', listener);
    socket.pause = Socket.prototype.pause.bind(socket);
    socket.resume = Socket.prototype.resume.bind(socket);
    if (pending.length > 0) socket.unshift(pending);
  }
}
