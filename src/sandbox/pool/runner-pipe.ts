import { isUtf8 } from 'node:buffer';
import type { Socket } from 'node:net';
import { scanInTurns, type TextParts } from '../../json-text/index.js';
import { type Frame, FrameReader, encodeFrame, encodeParts } from '../boundary/frames.js';
import type { ExecutionLimits } from '../boundary/messages.js';
import { frameLimit } from './frame-limits.js';
import {
  MAX_PARSED_BYTES,
  type RunnerMessage,
  parseLongValue,
  parseRunnerMessage,
  parseShortValue,
  valueBytes,
} from './runner-message.js';

/** Most frames, and most bytes of them, that are taken of one runner before others have their turn. */
const FRAMES_A_TURN = 256;
const BYTES_A_TURN = 1024 * 1024;

/** What is heard of a runner process. */
export interface RunnerPipeEvents {
  /** @returns false when it cannot be at this moment: the runner lies */
  message(message: RunnerMessage): boolean;
  /** What came is nothing that a runner of ours says, or nothing can be said to it any more. */
  broken(end: 'protocol_violation' | 'died'): void;
}

/**
 * The gateway's end of the pipe to one runner process. Every byte that comes is hostile: frames are taken one by one, a
 * bounded number in each turn of the loop, and none while the runner is held, or after it was caught lying.
 */
export class RunnerPipe {
  /** Of the execution that runs: what is past them, no runner of ours says. Undefined while none runs. */
  limits: ExecutionLimits | undefined;
  /** Whose turns it takes to check a long value. */
  account = '';
  readonly #reader = new FrameReader((kind) => frameLimit(kind, this.limits));
  #isUnread = false;
  #sent = 0;
  #held = 0;
  #stopped = false;
  /** A long value is being checked: no frame is taken before that is done. */
  #scanning = false;
  /** Frames may be there for which this turn had no room. */
  #turn: NodeJS.Immediate | undefined;

  constructor(
    private readonly socket: Socket,
    private readonly events: RunnerPipeEvents,
  ) {
    socket.on('data', (chunk: Buffer) => {
      this.#reader.add(chunk);
      this.#pump();
    });
    socket.on('error', () => {
      // Of a Unix socket: the other end was closed, with bytes of ours that it had not read, or before we wrote.
      this.#isUnread = true;
      events.broken('died');
    });
  }

  /** Frames that were sent so far. */
  get sent(): number {
    return this.#sent;
  }

  /** Whether the process ended before it had read everything that was sent: the last frame, at least, it has not read whole. */
  get unread(): boolean {
    return this.#isUnread;
  }

  /** Bytes that were sent and not read. */
  get backlog(): number {
    return this.socket.writableLength;
  }

  /** Bytes that have come so far. */
  get received(): number {
    return this.socket.bytesRead;
  }

  /**
   * What is there of frames that were not taken: none, a part of one, or more, for which there will be a turn. What is held is
   * not counted.
   */
  get pending(): 'nothing' | 'part' | 'frames' {
    if (this.#stopped || this.#held > 0) return 'nothing';
    if (this.#turn !== undefined || this.#scanning) return 'frames';
    return this.#reader.buffered > 0 ? 'part' : 'nothing';
  }

  /**
   * Sends one frame. Large pieces are not copied: nobody may change them any more.
   * @param flushed called when the system has taken the frame, or never will
   */
  send(kind: number, text: string | TextParts, flushed?: () => void): void {
    this.#sent += 1;
    if (typeof text === 'string') return void this.socket.write(encodeFrame(kind, text), flushed);
    const parts = encodeParts(kind, text);
    this.socket.cork();
    for (const [i, part] of parts.entries())
      this.socket.write(part, i === parts.length - 1 ? flushed : undefined);
    this.socket.uncork();
  }

  /** Reads nothing more until the promise, if any, settles: a runner that says too much waits then. */
  hold(until: Promise<void> | undefined): void {
    if (until === undefined) return;
    const release = (): void => {
      this.#held -= 1;
      if (this.#held === 0 && !this.#scanning) this.#later();
    };
    this.#held += 1;
    this.socket.pause();
    until.then(release, release);
  }

  /** Nothing more of what the runner says is heard, nor of what it has said. */
  stop(): void {
    this.#stopped = true;
    this.socket.pause();
  }

  /** Whether {@link stop} was called, or the runner has lied. */
  get stopped(): boolean {
    return this.#stopped;
  }

  close(): void {
    this.stop();
    clearImmediate(this.#turn);
    this.socket.destroy();
  }

  /** Takes the frames that are there, as far as this turn has room for them. */
  #pump(): void {
    if (this.#turn !== undefined || this.#scanning) return;
    let bytes = 0;
    for (let frames = 0; !this.#stopped && !this.#scanning && this.#held === 0; frames++) {
      if (frames === FRAMES_A_TURN || bytes >= BYTES_A_TURN) return this.#later();
      const taken = this.#take();
      if (taken === 0) return;
      bytes += taken;
    }
  }

  /** @returns the bytes of the next frame, 0 where none is whole */
  #take(): number {
    try {
      const frame = this.#reader.next();
      if (frame === undefined) return 0;
      const value = valueBytes(frame);
      if (value === undefined) this.#accept(parseRunnerMessage(frame, this.limits));
      else if (value.length <= MAX_PARSED_BYTES) this.#accept(parseShortValue(frame, value, this.limits));
      else void this.#scan(frame, value);
      return frame.bytes.length + 1;
    } catch {
      this.#lied();
      return 0;
    }
  }

  #accept(message: RunnerMessage | undefined): void {
    if (message === undefined || !this.events.message(message)) this.#lied();
  }

  async #scan(frame: Frame, value: Buffer): Promise<void> {
    this.#scanning = true;
    this.socket.pause();
    const json = isUtf8(value) ? await scanInTurns(value, this.account) : undefined;
    this.#scanning = false;
    if (this.#stopped) return;
    this.#accept(parseLongValue(frame, json, this.limits));
    if (!this.#stopped && this.#held === 0) this.#later();
  }

  #later(): void {
    this.socket.pause();
    this.#turn ??= setImmediate(() => {
      this.#turn = undefined;
      this.#pump();
      if (this.#turn === undefined && this.#held === 0 && !this.#scanning && !this.#stopped)
        this.socket.resume();
    });
  }

  #lied(): void {
    this.stop();
    this.events.broken('protocol_violation');
  }
}
