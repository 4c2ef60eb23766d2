import { setImmediate as turn } from 'node:timers/promises';
import { DIRECT_BYTES, scanInTurns, scanJson } from '../json-text/index.js';
import type { Account } from './flow-control.js';
import { decode, OPENED_FIELD, type Message } from './message.js';

/** Short frames that are decoded per event loop turn after they waited behind a long frame. */
const FRAMES_PER_TURN = 16;

interface Frame {
  readonly bytes: Buffer;
  /** Time of arrival, from `performance.now()`. */
  readonly at: number;
}

/**
 * Decodes the frames of one connection in order. A long frame is scanned in slices, one per event loop turn. Meanwhile
 * later frames wait, and reading from the connection pauses.
 */
export class Inbox {
  readonly #waiting: Frame[] = [];
  #isBusy = false;
  #isClosed = false;

  /**
   * @param account scheduled fairly with other accounts, and charged for waiting frames
   * @param take called with each message, the size of its frame in bytes and the time of its arrival
   * @param hold called with true while frames wait
   * @param refuse called if a frame exceeds the budget of the account
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
