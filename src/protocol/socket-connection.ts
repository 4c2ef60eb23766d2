import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { FairTurns } from '../json-text/index.js';
import type { Connection } from './connection.js';
import type { Account } from './flow-control.js';

/** An unfinished frame is paid for beyond this, which a connection pays for by itself; */
const FREE_BYTES = 16 * 1024;
/** and beyond this, read in turns. */
const PACED_BYTES = 64 * 1024;
/** Chunks of long frames, of some 64 KiB each, that are read in one turn of the event loop. */
const CHUNKS_PER_TURN = 4;
const TURN_MS = 3;
/** Time in which a client can read why its frame was refused. */
const REFUSED_MS = 1000;
/** Of a control frame of a client's: two bytes, and the mask. */
const CONTROL_HEAD_BYTES = 6;

/** One for the process, as there is one event loop. */
const turns = new FairTurns(TURN_MS, CHUNKS_PER_TURN);

/** A WebSocket as a {@link Connection}; it also bounds what of a frame has come that is not whole yet. */
export class SocketConnection implements Connection {
  readonly #socket: WebSocket;
  readonly #request: IncomingMessage;
  readonly #account: Account;
  readonly #onNoMemory: () => void;
  #paused = false;
  #waits = false;
  #unfinished = 0;
  #since = 0;
  #charged = 0;
  #isRefused = false;

  /** @param onNoMemory called when the account cannot have an unfinished frame so long */
  constructor(socket: WebSocket, request: IncomingMessage, account: Account, onNoMemory: () => void) {
    this.#socket = socket;
    this.#request = request;
    this.#account = account;
    this.#onNoMemory = onNoMemory;
    // What this chunk completes is told later, in a turn of its own.
    request.socket.on('data', (chunk: Buffer) => this.#came(chunk.length));
    socket.on('close', () => this.whole());
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  get bytesRead(): number {
    return this.#request.socket.bytesRead;
  }

  send(frame: string | Buffer, flushed: () => void): void {
    this.#socket.send(frame, { binary: false }, flushed);
  }

  close(code: number, reason: string): void {
    this.#socket.close(code, reason);
  }

  terminate(): void {
    this.#socket.terminate();
  }

  pause(): void {
    this.#paused = true;
    this.#socket.pause();
  }

  resume(): void {
    if (this.#isRefused) return;
    this.#paused = false;
    this.#since = performance.now();
    if (!this.#waits) this.#socket.resume();
  }

  ping(): void {
    this.#socket.ping();
  }

  pong(data: Buffer, flushed: () => void): void {
    this.#socket.pong(data, false, flushed);
  }

  /** A message has come whole. */
  whole(): void {
    this.#unfinished = 0;
    if (this.#charged === 0) return;
    this.#account.budget.release(this.#account.name, this.#charged);
    this.#charged = 0;
  }

  /** A ping or a pong has come whole, with so many bytes of data. The message that it came between is as unfinished as before. */
  control(dataBytes: number): void {
    const left = this.#unfinished - CONTROL_HEAD_BYTES - dataBytes;
    if (left > 0) this.#unfinished = left;
    else this.whole();
  }

  /** Since when a frame has been coming in that is not whole yet; `undefined` where none is, or nobody reads. */
  get unfinishedSince(): number | undefined {
    return this.#unfinished === 0 || this.#paused ? undefined : this.#since;
  }

  #came(bytes: number): void {
    if (this.#isRefused) return;
    if (this.#unfinished === 0) this.#since = performance.now();
    this.#unfinished += bytes;
    if (this.#unfinished <= FREE_BYTES) return;
    const more = this.#unfinished - this.#charged;
    if (!this.#account.budget.take(this.#account.name, more)) return this.#refuse();
    this.#charged += more;
    if (this.#unfinished > PACED_BYTES) this.#takeTurns();
  }

  /** Reads nothing more: ws would go on to keep what comes until the client has closed, too. */
  #refuse(): void {
    this.#isRefused = true;
    this.#socket.pause();
    this.#onNoMemory();
    setTimeout(() => this.#socket.terminate(), REFUSED_MS).unref();
  }

  /** The next chunk waits for its turn. */
  #takeTurns(): void {
    if (this.#waits) return;
    this.#waits = true;
    this.#socket.pause();
    turns.enter(this.#account.name, () => {
      this.#waits = false;
      if (!this.#paused && !this.#isRefused) this.#socket.resume();
    });
  }
}
