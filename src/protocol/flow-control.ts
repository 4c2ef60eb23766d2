import type { MemoryBudget } from '../memory-budget/index.js';
import type { ReplySink } from './channel.js';
import type { Connection } from './connection.js';
import type { ProtocolObserver } from './observer.js';
import type { ProtocolOptions } from './protocol.options.js';

export type FlowLimits = Pick<
  ProtocolOptions,
  | 'maxInFlight'
  | 'maxInFlightBytes'
  | 'sendBufferBytes'
  | 'maxSendBufferBytes'
  | 'drainTimeoutMs'
  | 'observer'
>;

/** The account that pays for the memory of a connection. */
export interface Account {
  readonly name: string;
  readonly budget: MemoryBudget;
}

/** Unsent bytes of a connection that are not charged to its account. */
const FREE_BYTES = 16 * 1024;

/** Called when the client reads its replies too slowly. */
export type OnSlowReader = () => void;

/**
 * Flow control: bounds the memory of one connection. It stops reading while too much is in flight or unsent, and drops the
 * connection if sending stalls.
 */
export class FlowControl implements ReplySink {
  readonly report: ReplySink['report'];
  readonly observer: ProtocolObserver | undefined;
  readonly #connection: Connection;
  readonly #limits: FlowLimits;
  readonly #onSlowReader: OnSlowReader;
  readonly #account: Account;
  /** One function for all frames, to avoid a closure per frame. */
  readonly #flushed = (): void => {
    if (this.#charged === 0 && !this.#congested) return;
    const { bufferedAmount } = this.#connection;
    this.#charge(bufferedAmount);
    if (this.#congested && bufferedAmount <= this.#limits.sendBufferBytes) this.#clear();
  };
  #inFlight = 0;
  #inFlightBytes = 0;
  #congested = false;
  #paused = false;
  #pausedSinceBeat = false;
  #held = false;
  #stopped = false;
  /** Unsent bytes that are charged to the account. */
  #charged = 0;
  #drainTimer: NodeJS.Timeout | undefined;
  #onIdle: (() => void) | undefined;
  #whenDrained: Promise<void> | undefined;
  #drained: (() => void) | undefined;

  constructor(
    connection: Connection,
    account: Account,
    limits: FlowLimits,
    onSlowReader: OnSlowReader,
    report: ReplySink['report'],
  ) {
    this.#connection = connection;
    this.#account = account;
    this.#limits = limits;
    this.#onSlowReader = onSlowReader;
    this.report = report;
    this.observer = limits.observer;
  }

  get drained(): Promise<void> | undefined {
    if (!this.#congested || this.#stopped) return undefined;
    this.#whenDrained ??= new Promise((resolve) => {
      this.#drained = resolve;
    });
    return this.#whenDrained;
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  /** Counts a new request; `release` must follow once. */
  take(frameBytes: number): void {
    this.#inFlight++;
    this.#inFlightBytes += frameBytes;
    this.#pauseOrResume();
  }

  release(frameBytes: number): void {
    this.#inFlight--;
    this.#inFlightBytes -= frameBytes;
    this.#pauseOrResume();
    if (this.#inFlight === 0) this.#onIdle?.();
  }

  /** Pauses reading while received frames wait to be scanned. */
  hold(held: boolean): void {
    this.#held = held;
    this.#pauseOrResume();
  }

  send(frame: string | Buffer): number {
    if (this.#stopped) return 0;
    const bytes = typeof frame === 'string' ? Buffer.byteLength(frame) : frame.length;
    this.#connection.send(frame, this.#flushed);
    this.observer?.sent(bytes);
    this.#weigh();
    return bytes;
  }

  /** Pongs count as unsent bytes, or a client that pings and never reads could fill our memory. */
  pong(data: Buffer): void {
    if (this.#stopped) return;
    this.#connection.pong(data, this.#flushed);
    this.#weigh();
  }

  /** Whether reading was paused since the last call, so that a pong may have been missed. */
  wasPaused(): boolean {
    const was = this.#pausedSinceBeat;
    this.#pausedSinceBeat = this.#paused;
    return was;
  }

  /** Resolves when nothing is in flight, or the connection is closed. */
  idle(): Promise<void> {
    if (this.#inFlight === 0 || this.#stopped) return Promise.resolve();
    return new Promise((resolve) => {
      this.#onIdle = resolve;
    });
  }

  /** Stops sending. Reading goes on, so that the client's closing frame is seen. */
  stop(): void {
    this.#stopped = true;
    clearTimeout(this.#drainTimer);
    this.#charge(0);
    this.#release();
    this.#pauseOrResume();
    this.#onIdle?.();
  }

  #weigh(): void {
    const unsent = this.#connection.bufferedAmount;
    const { sendBufferBytes, maxSendBufferBytes } = this.#limits;
    if (unsent <= Math.min(sendBufferBytes, FREE_BYTES)) return;
    if (unsent > maxSendBufferBytes || !this.#charge(unsent)) this.#onSlowReader();
    else if (unsent > sendBufferBytes && !this.#congested) this.#congest();
  }

  /** @returns false if this exceeds the budget of the account */
  #charge(unsent: number): boolean {
    const { name, budget } = this.#account;
    const bytes = unsent <= FREE_BYTES ? 0 : unsent;
    const more = bytes - this.#charged;
    if (more > 0 && !budget.take(name, more)) return false;
    if (more < 0) budget.release(name, -more);
    this.#charged = bytes;
    return true;
  }

  #congest(): void {
    this.#congested = true;
    this.#drainTimer = setTimeout(this.#onSlowReader, this.#limits.drainTimeoutMs);
    this.#drainTimer.unref();
    this.#pauseOrResume();
  }

  #clear(): void {
    this.#congested = false;
    clearTimeout(this.#drainTimer);
    this.#release();
    this.#pauseOrResume();
  }

  #release(): void {
    this.#drained?.();
    this.#drained = undefined;
    this.#whenDrained = undefined;
  }

  #pauseOrResume(): void {
    const pause =
      !this.#stopped &&
      (this.#congested ||
        this.#held ||
        this.#inFlight >= this.#limits.maxInFlight ||
        this.#inFlightBytes > this.#limits.maxInFlightBytes);
    if (pause === this.#paused) return;
    this.#paused = pause;
    if (pause) {
      this.#pausedSinceBeat = true;
      this.#connection.pause();
    } else {
      this.#connection.resume();
    }
  }
}
