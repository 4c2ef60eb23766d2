import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Outcome } from '../execution.js';
import { type Frame, FrameReader, encodeFrame } from '../runner/frames.js';
import {
  type Preparation,
  type RunnerAnswer,
  type RunnerMessage,
  TO_RUNNER,
  parseRunnerMessage,
} from '../runner/messages.js';
import type { Launch } from './launch.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerEvents } from './runner-events.js';
import { RunnerStart } from './runner-start.js';
import { RunningExecution } from './running-execution.js';

/** Frames of a runner are longer than its largest result by the few bytes around it, in the worst case of UTF-8. */
const FRAME_SLACK_BYTES = 1024 * 1024;
/** Longest way from an answer to the next idle: past it the script goes on after its answer, and is ended. */
const REST_TIMEOUT_MS = 1000;
/** Longest wait, after the process has ended, for what it wrote before. */
const DRAIN_MS = 250;
/** Of the memory limit: past it a runner is replaced when idle, and one that crashed has crashed of it. */
const BLOATED_SHARE = 0.7;
const CRASHED_SHARE = 0.5;

/** The host's handle on one runner process: starting, then idle and busy in turn, then gone. */
export class RunnerProcess {
  readonly started: Promise<void>;
  readonly start: RunnerStart;
  readonly #child: ChildProcess;
  readonly #pipe: Socket;
  readonly #reader: FrameReader;
  #events: RunnerEvents | undefined;
  #running: RunningExecution | undefined;
  #restTimer: NodeJS.Timeout | undefined;
  #executions = 0;
  #begun = false;
  #unread = false;
  #bytes = 0;
  /** Of the execution: a crash leaves nothing to be weighed. */
  #peakBytes = 0;
  #gone = false;
  #killedFor: RunnerEnd | undefined;

  /** @param maxMemoryBytes past which the process is ended */
  constructor(
    launch: Launch,
    preparation: Preparation,
    private readonly maxMemoryBytes: number,
  ) {
    this.#reader = new FrameReader(3 * preparation.maxResultBytes + FRAME_SLACK_BYTES);
    this.#child = spawn(launch.file, launch.args, launch.options);
    this.#pipe = this.#child.stdio[3] as Socket;
    this.#attach(this.#child, preparation);
    this.start = new RunnerStart(this.#child, () => this.kill('failed'));
    this.started = this.start.ready;
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Executions begun so far. */
  get executions(): number {
    return this.#executions;
  }

  /** Whether the last execution may have begun: false only when the process ended before it had read it whole. */
  get begun(): boolean {
    return this.#begun && !this.#unread;
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
      const running = new RunningExecution(resolve, (ending) => this.kill(ending), timeoutMs, cancelled);
      this.#executions += 1;
      this.#running = running;
      this.#peakBytes = 0;
      this.#begun = !this.#gone;
      if (this.#gone) return this.#settle({ kind: 'died', console: [] });
      if (cancelled?.aborted) return running.end('cancelled');
      this.#pipe.write(encodeFrame(TO_RUNNER.execute, text));
    });
  }

  /** Whether so much memory is taken, by what is not collected yet, that the next script would have too little. */
  get bloated(): boolean {
    return this.#bytes > BLOATED_SHARE * this.maxMemoryBytes;
  }

  /** Ends an execution whose process has taken too much. */
  weighed(bytes: number): void {
    this.#bytes = bytes;
    this.#peakBytes = Math.max(this.#peakBytes, bytes);
    if (bytes > this.maxMemoryBytes) this.#running?.end('exhausted');
  }

  /** Ends the process, whatever it does. What it wrote before is still read. The first reason stands. */
  kill(reason: RunnerEnd): void {
    this.#killedFor ??= reason;
    this.#child.kill('SIGKILL');
  }

  #attach(child: ChildProcess, preparation: Preparation): void {
    this.#pipe.on('error', () => {
      // Of a Unix socket: the other end was closed, with bytes of ours that it had not read, or before we wrote.
      this.#unread = true;
      this.kill('died');
    });
    this.#pipe.on('data', (chunk: Buffer) => this.#read(chunk));
    child.on('error', () => this.#end());
    child.on('close', () => this.#end());
    child.on('exit', () => {
      // Nobody waits for what it wrote, and nobody may lease it any more.
      if (this.#running === undefined) return this.#end();
      // V8 ends the process when its heap is full, by a signal that depends on the layers; its size tells better.
      if (this.#peakBytes > CRASHED_SHARE * this.maxMemoryBytes) this.#running.end('exhausted');
      // Should something else hold the pipe's other end open, the process is gone all the same.
      setTimeout(() => this.#end(), DRAIN_MS).unref();
    });
    this.#pipe.write(encodeFrame(TO_RUNNER.prepare, JSON.stringify(preparation)));
  }

  #read(chunk: Buffer): void {
    try {
      this.#reader.push(chunk, (frame) => this.#take(frame));
    } catch {
      this.kill('lied');
    }
  }

  #take(frame: Frame): void {
    const message = parseRunnerMessage(frame);
    if (message === undefined || !this.#accept(message)) this.kill('lied');
  }

  /** @returns false when the runner lies: what it says cannot be at this moment */
  #accept(message: RunnerMessage): boolean {
    const running = this.#running;
    switch (message.kind) {
      case 'ready':
        return this.start.done();
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
        if (running !== undefined && !running.ending) this.#answer(message, running);
        return running !== undefined;
    }
  }

  #answer(message: RunnerAnswer, running: RunningExecution): void {
    this.#restTimer = setTimeout(() => this.kill('restless'), REST_TIMEOUT_MS);
    const { lines } = running.console;
    if (message.kind !== 'returned') return this.#settle({ ...message, console: lines });
    this.#settle({ ...message, timeMs: running.elapsedMs, console: lines });
  }

  #settle(outcome: Outcome): void {
    const running = this.#running;
    this.#running = undefined;
    running?.settle(outcome);
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#restTimer);
    this.#pipe.destroy();
    this.#running?.gone();
    this.#running = undefined;
    this.#events?.gone(this.#killedFor ?? 'died');
  }
}
