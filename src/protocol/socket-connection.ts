import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import { FairScheduler } from '../json-text/index.js';
import type { Connection } from './connection.js';
import type { Account } from './flow-control.js';

/** Bytes of an unfinished frame that are covered by the charge of its connection. */
const FREE_BYTES = 16 * 1024;
/** Size of an unfinished frame beyond which its chunks are scheduled fairly. */
const PACED_BYTES = 64 * 1024;
/** Chunks of long frames, of about 64 KiB each, that are read per event loop turn. */
const CHUNKS_PER_TURN = 4;
const TURN_MS = 3;
/** Time for a client to read why its frame was refused. */
const REFUSED_MS = 1000;
/** Header of a client's control frame: two bytes and the mask. */
const CONTROL_HEAD_BYTES = 6;

/** Longest text whose frame is written here, in UTF-16 units: a longer one costs more to copy than a second chunk to write. */
export const MAX_FRAMED_CHARACTERS = 16_384;

/** FIN and the opcode of a text message: RFC 6455, section 5.2. */
const FINAL_TEXT = 0x81;
const MAX_7_BITS = 125;
const IS_16_BITS = 126;

/** One per process, as there is one event loop. */
const scheduler = new FairScheduler(TURN_MS, CHUNKS_PER_TURN);

/** A WebSocket as a {@link Connection}. It also charges and bounds unfinished frames. */
export class SocketConnection implements Connection {
  readonly #socket: WebSocket;
  readonly #request: IncomingMessage;
  readonly #account: Account;
  readonly #onNoMemory: () => void;
  #paused = false;
  #isScheduled = false;
  #unfinished = 0;
  #since = 0;
  #charged = 0;
  #isRefused = false;

  /** @param onNoMemory called if an unfinished frame exceeds the budget of the account */
  constructor(socket: WebSocket, request: IncomingMessage, account: Account, onNoMemory: () => void) {
    this.#socket = socket;
    this.#request = request;
    this.#account = account;
    this.#onNoMemory = onNoMemory;
    // A message that this chunk completes is emitted later, in another turn.
    request.socket.on('data', (chunk: Buffer) => this.#came(chunk.length));
    socket.on('close', () => this.whole());
  }

  get bufferedAmount(): number {
    return this.#socket.bufferedAmount;
  }

  get bytesRead(): number {
    return this.#request.socket.bytesRead;
  }

  /**
   * Writes a short text as one chunk. ws writes two, header and text, which takes Node about twice the time. Without an
   * extension ws writes its own frames at once, to the same socket, so that all frames stay in order.
   */
  send(frame: string | Buffer, flushed: () => void): void {
    const socket = this.#socket;
    const isShort = typeof frame === 'string' && frame.length <= MAX_FRAMED_CHARACTERS;
    if (isShort && socket.readyState === socket.OPEN && socket.extensions === '')
      this.#request.socket.write(textFrame(frame), flushed);
    else socket.send(frame, { binary: false }, flushed);
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
    if (!this.#isScheduled) this.#socket.resume();
  }

  ping(): void {
    this.#socket.ping();
  }

  pong(data: Buffer, flushed: () => void): void {
    this.#socket.pong(data, false, flushed);
  }

  /** Called when a message is complete. */
  whole(): void {
    this.#unfinished = 0;
    if (this.#charged === 0) return;
    this.#account.budget.release(this.#account.name, this.#charged);
    this.#charged = 0;
  }

  /** Called when a ping or pong is complete. It may come between the fragments of an unfinished message. */
  control(dataBytes: number): void {
    const left = this.#unfinished - CONTROL_HEAD_BYTES - dataBytes;
    if (left > 0) this.#unfinished = left;
    else this.whole();
  }

  /** Start time of the unfinished frame; `undefined` if there is none, or reading is paused. */
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
    if (this.#unfinished > PACED_BYTES) this.#pauseUntilScheduled();
  }

  /** Stops reading, since ws would buffer further data until the client has closed. */
  #refuse(): void {
    this.#isRefused = true;
    this.#socket.pause();
    this.#onNoMemory();
    setTimeout(() => this.#socket.terminate(), REFUSED_MS).unref();
  }

  /** Pauses until the next chunk is scheduled. */
  #pauseUntilScheduled(): void {
    if (this.#isScheduled) return;
    this.#isScheduled = true;
    this.#socket.pause();
    scheduler.schedule(this.#account.name, () => {
      this.#isScheduled = false;
      if (!this.#paused && !this.#isRefused) this.#socket.resume();
    });
  }
}

/**
 * Writes a text message as one unmasked, uncompressed WebSocket frame, header and text in one buffer.
 * @param text at most {@link MAX_FRAMED_CHARACTERS}
 */
export function textFrame(text: string): Buffer {
  const bytes = Buffer.byteLength(text);
  // So many characters have at most 49,152 bytes, whose number has 16 bits.
  const header = bytes <= MAX_7_BITS ? 2 : 4;
  const frame = Buffer.allocUnsafe(header + bytes);
  frame[0] = FINAL_TEXT;
  if (header === 2) frame[1] = bytes;
  else {
    frame[1] = IS_16_BITS;
    frame.writeUInt16BE(bytes, 2);
  }
  frame.write(text, header);
  return frame;
}
