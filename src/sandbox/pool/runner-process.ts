import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { RunnerStartError } from '../errors.js';
import type { Outcome } from '../execution.js';
import { type Frame, FrameReader, encodeFrame } from '../runner/frames.js';
import {
  type Preparation,
  type RunnerAnswer,
  type RunnerMessage,
  TO_RUNNER,
  parseRunnerMessage,
} from '../runner/messages.js';
import { ConsoleLines } from './console-lines.js';
import type { Launch } from './launch.js';

/** Frames of a runner are longer than its largest result by the few bytes around it, in the worst case of UTF-8. */
const FRAME_SLACK_BYTES = 1024 * 1024;
/** Longest way from an answer to the next idle: past it the script goes on after its answer, and is ended. */
const REST_TIMEOUT_MS = 1000;
const START_TIMEOUT_MS = 10_000;
/** Longest wait, after the process has ended, for what it wrote before. */
const DRAIN_MS = 250;
const MAX_STDERR_CHARACTERS = 2000;

/** What the pool must hear of a runner process. */
export interface RunnerEvents {
  /** Ready for an execution, the first time or again. */
  idle(): void;
  /** The script that runs waits for a timer: it uses no processor. */
  waiting(): void;
  /** Dead, for whatever reason; said once. */
  gone(): void;
}

interface Running {
  readonly resolve: (outcome: Outcome) => void;
  readonly console: ConsoleLines;
  readonly startedAt: number;
  readonly deadline: NodeJS.Timeout;
  /** What its end by our own hand was for. */
  ending?: 'timedOut' | 'cancelled';
}

/** The host's handle on one runner process: starting, then idle and busy in turn, then gone. */
export class RunnerProcess {
  readonly started: Promise<void>;
  readonly #child: ChildProcess;
  readonly #pipe: Socket;
  readonly #reader: FrameReader;
  #events: RunnerEvents | undefined;
  #running: Running | undefined;
  #restTimer: NodeJS.Timeout | undefined;
  #executions = 0;
  #begun = false;
  #gone = false;
  #stderr = '';

  constructor(launch: Launch, preparation: Preparation) {
    this.#reader = new FrameReader(3 * preparation.maxResultBytes + FRAME_SLACK_BYTES);
    this.#child = spawn(launch.file, launch.args, launch.options);
    this.#pipe = this.#child.stdio[3] as Socket;
    this.started = this.#start(preparation);
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Executions begun so far. */
  get executions(): number {
    return this.#executions;
  }

  /** Whether the last execution may have begun: false only when the process was gone before it was sent. */
  get begun(): boolean {
    return this.#begun;
  }

  listen(events: RunnerEvents): void {
    this.#events = events;
  }

  /**
   * Runs one execution; only while idle. Never rejects, whatever the script or the process does.
   * @param text from `executeText`
   */
  run(text: string, timeoutMs: number, cancelled?: AbortSignal): Promise<Outcome> {
    return new Promise((resolve) => {
      const end = (ending: 'timedOut' | 'cancelled'): void => {
        if (this.#running !== running) return;
        running.ending ??= ending;
        this.kill();
      };
      const onCancel = (): void => end('cancelled');
      const running: Running = {
        resolve: (outcome) => {
          clearTimeout(running.deadline);
          cancelled?.removeEventListener('abort', onCancel);
          resolve(outcome);
        },
        console: new ConsoleLines(),
        startedAt: performance.now(),
        deadline: setTimeout(end, timeoutMs, 'timedOut'),
      };
      this.#executions += 1;
      this.#running = running;
      this.#begun = !this.#gone;
      if (this.#gone) return this.#settle({ kind: 'died', console: [] });
      cancelled?.addEventListener('abort', onCancel);
      if (cancelled?.aborted) return onCancel();
      this.#pipe.write(encodeFrame(TO_RUNNER.execute, text));
    });
  }

  /** Ends the process, whatever it does. What it wrote before is still read. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #start(preparation: Preparation): Promise<void> {
    const child = this.#child;
    this.#pipe.on('error', () => this.kill());
    this.#pipe.on('data', (chunk: Buffer) => this.#read(chunk));
    child.on('error', () => this.#end());
    child.on('close', () => this.#end());
    // Should something else hold the pipe's other end open, the process is gone all the same.
    child.on('exit', () => setTimeout(() => this.#end(), DRAIN_MS).unref());
    child.stderr?.setEncoding('utf8').on('data', (text: string) => {
      if (this.#stderr.length < MAX_STDERR_CHARACTERS) this.#stderr += text;
    });
    this.#pipe.write(encodeFrame(TO_RUNNER.prepare, JSON.stringify(preparation)));
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(() => fail('it was not ready in time'), START_TIMEOUT_MS);
      const fail = (reason: string): void => {
        clearTimeout(timer);
        this.kill();
        reject(new RunnerStartError(`the runner process did not start: ${reason}`));
      };
      child.once('error', (error) => fail(error.message));
      child.once('close', (code, signal) => fail(this.#stderr.trim() || `it ended with ${signal ?? code}`));
      this.#onReady = () => {
        clearTimeout(timer);
        child.stderr?.destroy();
        resolve();
      };
    });
  }

  #onReady: (() => void) | undefined;

  #read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk, (frame) => this.#take(frame));
    } catch {
      this.kill();
    }
  }

  #take(frame: Frame): void {
    const message = parseRunnerMessage(frame);
    if (message === undefined || !this.#accept(message)) this.kill();
  }

  /** @returns false when the runner lies: what it says cannot be at this moment */
  #accept(message: RunnerMessage): boolean {
    const running = this.#running;
    switch (message.kind) {
      case 'ready':
        if (this.#onReady === undefined) return false;
        this.#onReady();
        this.#onReady = undefined;
        return true;
      case 'idle':
        if (this.#restTimer === undefined) return false;
        clearTimeout(this.#restTimer);
        this.#restTimer = undefined;
        this.#events?.idle();
        return true;
      case 'waiting':
        if (running !== undefined) this.#events?.waiting();
        return running !== undefined;
      case 'console':
        running?.console.add(message.line);
        return running !== undefined;
      default:
        // Past the deadline an answer comes too late: the process is being killed.
        if (running?.ending === undefined && running !== undefined) this.#answer(message, running);
        return running !== undefined;
    }
  }

  #answer(message: RunnerAnswer, running: Running): void {
    this.#restTimer = setTimeout(() => this.kill(), REST_TIMEOUT_MS);
    const { lines } = running.console;
    if (message.kind === 'returned') {
      const timeMs = performance.now() - running.startedAt;
      this.#settle({ kind: 'returned', value: message.value, timeMs, console: lines });
    } else {
      this.#settle({ ...message, console: lines });
    }
  }

  #settle(outcome: Outcome): void {
    const running = this.#running;
    this.#running = undefined;
    running?.resolve(outcome);
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#restTimer);
    this.#pipe.destroy();
    if (this.#running)
      this.#settle({ kind: this.#running.ending ?? 'died', console: this.#running.console.lines });
    this.#events?.gone();
  }
}
