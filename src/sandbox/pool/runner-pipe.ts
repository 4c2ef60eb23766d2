import type { Socket } from 'node:net';
import type { TextParts } from '../../json-text/index.js';
import { FrameReader, encodeFrame, encodeParts } from '../runner/frames.js';
import type { ExecutionLimits } from '../runner/messages.js';
import { type RunnerMessage, parseRunnerMessage } from './runner-message.js';

/** Frames of a runner are longer than its largest result by the few bytes around it, in the worst case of UTF-8. */
const FRAME_SLACK_BYTES = 1024 * 1024;

/** What is heard of a runner process. */
export interface RunnerPipeEvents {
  /** @returns false when it cannot be at this moment: the runner lies */
  message(message: RunnerMessage): boolean;
  /** What came is nothing that a runner of ours says, or nothing can be said to it any more. */
  broken(end: 'lied' | 'died'): void;
}

/** The gateway's end of the pipe to one runner process. Every byte that comes is hostile. */
export class RunnerPipe {
  readonly #reader: FrameReader;
  #unread = false;
  #held = 0;

  /**
   * @param limits of the execution that runs: what is past them, no runner of ours says
   * @param maxResultBytes of any execution
   */
  constructor(
    private readonly socket: Socket,
    public limits: ExecutionLimits,
    maxResultBytes: number,
    private readonly events: RunnerPipeEvents,
  ) {
    this.#reader = new FrameReader(3 * Math.max(maxResultBytes, limits.maxResultBytes) + FRAME_SLACK_BYTES);
    socket.on('data', (chunk: Buffer) => this.#read(chunk));
    socket.on('error', () => {
      // Of a Unix socket: the other end was closed, with bytes of ours that it had not read, or before we wrote.
      this.#unread = true;
      events.broken('died');
    });
  }

  /** Whether the process ended before it had read everything that was sent. */
  get unread(): boolean {
    return this.#unread;
  }

  /** Bytes that were sent and not read. */
  get backlog(): number {
    return this.socket.writableLength;
  }

  /** Sends one frame. Large pieces are not copied: nobody may change them any more. */
  send(kind: number, text: string | TextParts): void {
    if (typeof text === 'string') return void this.socket.write(encodeFrame(kind, text));
    this.socket.cork();
    for (const part of encodeParts(kind, text)) this.socket.write(part);
    this.socket.uncork();
  }

  /** Reads nothing more until the promise, if any, settles: a runner that says too much waits then. */
  hold(until: Promise<void> | undefined): void {
    if (until === undefined) return;
    const release = (): void => {
      this.#held -= 1;
      if (this.#held === 0) this.socket.resume();
    };
    this.#held += 1;
    this.socket.pause();
    until.then(release, release);
  }

  close(): void {
    this.socket.destroy();
  }

  #read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk, (frame) => {
        const message = parseRunnerMessage(frame, this.limits);
        if (message === undefined || !this.events.message(message)) this.events.broken('lied');
      });
    } catch {
      this.events.broken('lied');
    }
  }
}
