import { isUtf8 } from 'node:buffer';
import { writeSync } from 'node:fs';
import type { Socket } from 'node:net';
import { scanInTurns, type TextParts } from '../../json-text/index.js';
import { type Frame, FrameReader, encodeFrame, encodeParts } from '../boundary/frames.js';
import type { OutputLimits } from '../boundary/output-limits.js';
import {
  frameLimit,
  MAX_PARSED_BYTES,
  type RunnerMessage,
  parseLongValue,
  parseRunnerMessage,
  parseShortValue,
  valueBytes,
} from './runner-message.js';

/** Max frames, and max bytes of them, that are taken from one runner before others have their turn. */
const FRAMES_A_TURN = 256;
const BYTES_A_TURN = 1024 * 1024;

/** What the pipe reports of a runner process. */
export interface RunnerPipeEvents {
  /** @returns false on a protocol violation: the message cannot come at this moment */
  message(message: RunnerMessage): boolean;
  /** A protocol violation, or the pipe is broken. */
  broken(end: 'protocol_violation' | 'died'): void;
}

/**
 * The gateway's end of the pipe to one runner process. Every byte that comes is hostile: frames are taken one by one, a
 * bounded number in each turn of the event loop, and none while the runner is held, or after a protocol violation.
 */
export class RunnerPipe {
  /** Limits of the running execution: our runner sends nothing beyond them. Undefined while none runs. */
  limits: OutputLimits | undefined;
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
      // Of a Unix socket: the other end was closed with unread bytes of ours, or before we wrote.
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
   * Frames that came and were not taken: none, a part of one, or more, for which there will be a turn. Held frames are not
   * counted.
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
    if (typeof text === 'string') return this.#write(encodeFrame(kind, text), flushed);
    const parts = encodeParts(kind, text);
    const [first] = parts;
    if (first !== undefined && parts.length === 1) return this.#write(first, flushed);
    this.socket.cork();
    for (const [i, part] of parts.entries())
      this.socket.write(part, i === parts.length - 1 ? flushed : undefined);
    this.socket.uncork();
  }

  /** Reads nothing more until the promise, if any, settles: a runner that writes too much waits then. */
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

  /** Drops all messages of the runner from now on, those that have come already included. */
  stop(): void {
    this.#stopped = true;
    this.socket.pause();
  }

  /** Whether {@link stop} was called, or the runner has violated the protocol. */
  get stopped(): boolean {
    return this.#stopped;
  }

  close(): void {
    this.stop();
    clearImmediate(this.#turn);
    this.socket.destroy();
  }

  /**
   * Writes what the pipe has room for at once, and leaves the rest to the stream: a stream takes several times as long for a
   * short frame. Also where the descriptor is unknown, the stream writes all of it.
   */
  #write(frame: Uint8Array, flushed?: () => void): void {
    const written = this.socket.writableLength === 0 ? writeNow(this.socket, frame) : 0;
    if (written < frame.length) return void this.socket.write(frame.subarray(written), flushed);
    if (flushed !== undefined) queueMicrotask(flushed);
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

/** The descriptor of a socket, which Node keeps in no public property; undefined where there is none. */
function descriptorOf(socket: Socket): number | undefined {
  const { _handle: handle } = socket as unknown as { readonly _handle?: { readonly fd?: unknown } | null };
  const fd = handle?.fd;
  return typeof fd === 'number' && fd >= 0 ? fd : undefined;
}

/** @returns how many bytes the system has taken; an error is left to the stream, which meets it again */
function writeNow(socket: Socket, bytes: Uint8Array): number {
  const fd = descriptorOf(socket);
  try {
    return fd === undefined ? 0 : writeSync(fd, bytes);
  } catch {
    return 0;
  }
}
