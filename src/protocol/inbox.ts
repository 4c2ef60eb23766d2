import { setImmediate as turn } from 'node:timers/promises';
import { DIRECT_BYTES, scanInTurns, scanJson } from '../json-text/index.js';
import type { Account } from './flow-control.js';
import { decode, OPENED_FIELD, type Message } from './message.js';

/** Short frames that are read in one turn, once they had to wait behind a long one. */
const FRAMES_PER_TURN = 16;

interface Frame {
  readonly bytes: Buffer;
  /** When it was there; of `performance.now()`. */
  readonly at: number;
}

/**
 * The frames of one connection, read in the order in which they came. A long one is read a piece in each turn of the event loop;
 * meanwhile those behind it wait, and the connection is not read.
 */
export class Inbox {
  readonly #waiting: Frame[] = [];
  #isBusy = false;
  #isClosed = false;

  /**
   * @param account whose turns it takes, and whose memory while they wait
   * @param take gets each message, with the length of its frame in bytes and the moment when that was there
   * @param hold called with true while frames wait
   * @param refuse called when the account cannot have a frame so long
   */
  constructor(
    private readonly account: Account,
    private readonly take: (message: Message, bytes: number, at: number) => void,
    private readonly hold: (held: boolean) => void,
    private readonly refuse: () => void,
  ) {}

  receive(bytes: Buffer): void {
    const at = performance.now();
    if (this.#isBusy || bytes.length > DIRECT_BYTES) this.#enter({ bytes, at });
    else this.take(decode(scanJson(bytes, OPENED_FIELD)), bytes.length, at);
  }

  close(): void {
    this.#isClosed = true;
    for (const { bytes } of this.#waiting.splice(0)) this.#release(bytes);
  }

  #enter(frame: Frame): void {
    const { name, budget } = this.account;
    if (!budget.take(name, frame.bytes.length)) return this.refuse();
    this.#waiting.push(frame);
    if (!this.#isBusy) void this.#readAll();
  }

  #release(bytes: Buffer): void {
    this.account.budget.release(this.account.name, bytes.length);
  }

  async #readAll(): Promise<void> {
    this.#isBusy = true;
    this.hold(true);
    for (let frames = 1; ; frames += 1) {
      const frame = this.#waiting.shift();
      if (frame === undefined) break;
      const { bytes, at } = frame;
      const isShort = bytes.length <= DIRECT_BYTES;
      const text = isShort
        ? scanJson(bytes, OPENED_FIELD)
        : await scanInTurns(bytes, this.account.name, OPENED_FIELD);
      this.#release(bytes);
      if (this.#isClosed) break;
      this.take(decode(text), bytes.length, at);
      if (frames % FRAMES_PER_TURN === 0) await turn();
    }
    this.#isBusy = false;
    this.hold(false);
  }
}
