import { type ChildProcess, spawn } from 'node:child_process';
import type { Socket } from 'node:net';
import { RunnerStartError } from '../errors.js';
import type { Outcome } from '../execution.js';
import { type Frame, FrameReader, encodeFrame } from '../runner/frames.js';
import {
  type ExecutionLimits,
  type Preparation,
  type RunnerAnswer,
  type RunnerMessage,
  TO_RUNNER,
  parseRunnerMessage,
} from '../runner/messages.js';
import { ConsoleLines } from './console-lines.js';
import type { Launch } from './launch.js';
import { type ProcessUsage, restorePriority, yieldPriority } from './process-usage.js';
import type { UsageWatch } from './usage-watch.js';

/** Frames of a runner are longer than its largest result or console by what an error or V8 may add. */
const FRAME_SLACK_BYTES = 1024 * 1024;
/** Longest way from an answer to the next idle: past it the script goes on after its answer, and is ended. */
const REST_TIMEOUT_MS = 1000;
const START_TIMEOUT_MS = 10_000;
/** Longest wait, after the process has ended, for what it wrote before. */
const DRAIN_MS = 250;
const MAX_STDERR_CHARACTERS = 8000;
const MIB = 1024 * 1024;
/** Processor time after which a script is no longer taken for one that is soon done. */
const BUSY_CPU_MS = 50;
/** V8's last words; a script cannot write them, and one that can gains nothing by it. */
const HEAP_FULL = /heap out of memory|Fatal process out of memory|Allocation failed/i;

/** What the pool must hear of a runner process. */
export interface RunnerEvents {
  /** Ready for an execution, the first time or again. */
  idle(): void;
  /** The script that runs has used the processor for long, and goes on. */
  busy(): void;
  /** The script that runs waits for a timer: it uses no processor. */
  waiting(): void;
  /** Dead, for whatever reason; said once. */
  gone(): void;
}

interface Running {
  readonly resolve: (outcome: Outcome) => void;
  readonly console: ConsoleLines;
  readonly startedAt: number;
  readonly isLast: boolean;
  readonly deadline: NodeJS.Timeout;
  /** What its end by our own hand was for. */
  ending?: Ending;
  /** Processor time that the process had used when it was first looked at. */
  cpuBefore?: number;
}

type Ending =
  | { readonly kind: 'timedOut'; readonly limit: 'wall' | 'cpu' }
  | { readonly kind: 'cancelled' }
  | { readonly kind: 'exhausted'; readonly limit: 'memory' };

/** What the gateway itself keeps a runner process to, and what it tells the runner to keep. */
export interface RunnerLimits extends ExecutionLimits {
  readonly maxMemoryMiB: number;
  readonly maxCpuMs: number | undefined;
}

/** What is for one execution only. */
export interface RunOptions {
  readonly timeoutMs: number;
  readonly cancelled?: AbortSignal | undefined;
  /** The process is ended as soon as it has answered. */
  readonly isLast?: boolean;
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
  #yielded = false;
  #gone = false;
  #stderr = '';

  /** @throws RunnerStartError when the system gives no process; most reasons come later, by `started` */
  constructor(
    launch: Launch,
    packages: Preparation['packages'],
    private readonly limits: RunnerLimits,
    private readonly watch: UsageWatch,
  ) {
    this.#reader = new FrameReader(
      Math.max(limits.maxResultBytes, limits.maxConsoleBytes) + FRAME_SLACK_BYTES,
    );
    this.#child = spawned(launch);
    this.#pipe = this.#child.stdio[3] as Socket;
    this.started = this.#start({ packages, limits });
  }

  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** Executions begun so far. */
  get executions(): number {
    return this.#executions;
  }

  /** Whether the last execution may have begun: false when the process was gone before it had read it whole. */
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
  run(text: string, { timeoutMs, cancelled, isLast = false }: RunOptions): Promise<Outcome> {
    return new Promise((resolve) => {
      const onCancel = (): void => {
        if (this.#running === running) this.#endRun({ kind: 'cancelled' });
      };
      const running: Running = {
        resolve: (outcome) => {
          clearTimeout(running.deadline);
          cancelled?.removeEventListener('abort', onCancel);
          resolve(outcome);
        },
        console: new ConsoleLines(this.limits.maxConsoleLines, this.limits.maxConsoleBytes),
        isLast,
        startedAt: performance.now(),
        deadline: setTimeout(() => {
          if (this.#running === running) this.#endRun({ kind: 'timedOut', limit: 'wall' });
        }, timeoutMs),
      };
      this.#executions += 1;
      this.#running = running;
      this.#begun = !this.#gone;
      if (this.#gone) return this.#settle({ kind: 'died', console: [] });
      cancelled?.addEventListener('abort', onCancel);
      if (cancelled?.aborted) return onCancel();
      this.watch.add(this);
      this.#pipe.write(encodeFrame(TO_RUNNER.execute, text));
    });
  }

  /** Called while a script runs, now and then. */
  used({ memoryBytes, cpuMs }: ProcessUsage): void {
    const running = this.#running;
    if (running === undefined) return;
    const cpu = cpuMs - (running.cpuBefore ??= cpuMs);
    const { maxMemoryMiB, maxCpuMs } = this.limits;
    if (memoryBytes > maxMemoryMiB * MIB) return this.#endRun({ kind: 'exhausted', limit: 'memory' });
    if (maxCpuMs !== undefined && cpu >= maxCpuMs) return this.#endRun({ kind: 'timedOut', limit: 'cpu' });
    if (cpu < BUSY_CPU_MS || this.#yielded || this.pid === undefined) return;
    // Scripts that go on and on leave the processors to those that are soon done.
    this.#yielded = true;
    yieldPriority(this.pid);
    this.#events?.busy();
  }

  #endRun(ending: Ending): void {
    if (this.#running) this.#running.ending ??= ending;
    this.kill();
  }

  /** Ends the process, whatever it does. What it wrote before is still read. */
  kill(): void {
    this.#child.kill('SIGKILL');
  }

  async #start(preparation: Preparation): Promise<void> {
    const child = this.#child;
    this.#pipe.on('error', ({ code }: NodeJS.ErrnoException) => {
      // The system's word that the process ended without having read all that it was sent.
      if (code === 'EPIPE' || code === 'ECONNRESET') this.#begun = false;
      this.kill();
    });
    this.#pipe.on('data', (chunk: Buffer) => this.#read(chunk));
    child.on('error', () => this.#end());
    child.on('close', () => this.#end());
    // Should something else hold the pipe's other end open, the process is gone all the same.
    child.on('exit', () => setTimeout(() => this.#end(), DRAIN_MS));
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
    const message = parseRunnerMessage(frame, this.limits);
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
        this.#rested();
        return true;
      case 'waiting':
        if (running !== undefined) this.#events?.waiting();
        return running !== undefined;
      case 'consoleCut':
        running?.console.cut();
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

  #rested(): void {
    if (this.#yielded && this.pid !== undefined && !restorePriority(this.pid)) return this.kill();
    this.#yielded = false;
    this.#events?.idle();
  }

  #answer(message: RunnerAnswer, running: Running): void {
    if (running.isLast) this.kill();
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
    this.watch.remove(this);
    running?.resolve(outcome);
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#restTimer);
    this.#pipe.destroy();
    if (this.#running) {
      const { ending = this.#causeOfDeath(), console } = this.#running;
      this.#settle({ ...ending, console: console.lines });
    }
    this.#events?.gone();
  }

  #causeOfDeath(): Ending | { readonly kind: 'died' } {
    return HEAP_FULL.test(this.#stderr) ? { kind: 'exhausted', limit: 'memory' } : { kind: 'died' };
  }
}

/** Every way in which `spawn` fails at once: it throws, or leaves a handle without pipes, whose error comes later. */
function spawned({ file, args, options }: Launch): ChildProcess {
  let child: ChildProcess;
  try {
    child = spawn(file, args, options);
  } catch (error) {
    throw new RunnerStartError(`the runner process did not start: ${String(error)}`);
  }
  if ((child.stdio as unknown) === undefined) {
    child.on('error', () => {});
    throw new RunnerStartError('the runner process did not start: no descriptors are left');
  }
  return child;
}
