import type { Execution, ExecutionWatcher, Outcome } from '../execution.js';
import type { ConsoleLevel } from '../boundary/console-levels.js';
import type { ExecutionLimits } from '../boundary/messages.js';
import { ConsoleLines } from './console-lines.js';
import { Deadline } from './deadline.js';
import type { Given } from './given-scripts.js';
import type { ProcessUsage } from './process-usage.js';
import type { RunnerMessage } from './runner-message.js';

/** What one execution may use of its runner process, and what it may give back. */
export interface ExecutionBounds extends ExecutionLimits {
  /** Most memory of the process, in bytes. */
  readonly maxMemoryBytes: number;
  /** Processor time, in milliseconds; undefined: as much as its deadline lets it. */
  readonly maxCpuMs: number | undefined;
  /** By the clock, in milliseconds, where the deadline stands still while the script waits for its host. */
  readonly maxHostTimeMs: number;
  /** What becomes of a console that is too long: it is cut, or the execution is ended. */
  readonly consoleExcess: 'cut' | 'end';
}

/** One execution as a runner process is given it. */
export interface Run
  extends Given, Pick<Execution, 'tenant' | 'timeoutMs' | 'functions' | 'hostTime' | 'egress'> {
  readonly bounds: ExecutionBounds;
  readonly cancelled?: AbortSignal | undefined;
  readonly watcher?: ExecutionWatcher | undefined;
}

/** Why the gateway ends an execution together with its process. */
export type Ending =
  | { readonly kind: 'timedOut'; readonly limit: 'wall' | 'cpu' }
  | { readonly kind: 'exhausted'; readonly limit: 'memory' | 'heap' | 'console' | 'calls' }
  | { readonly kind: 'cancelled' };

type Said = Extract<RunnerMessage, { readonly kind: 'waiting' | 'console' | 'consoleCut' | 'yielded' }>;

/** What an execution does to its runner process, and what becomes of it. */
export interface RunLinks {
  resolve(outcome: Outcome): void;
  /** Ends the process, and so the execution. */
  kill(ending: Ending['kind']): void;
  /** Reads what the process has written already, then calls back. */
  readOut(done: () => void): void;
  /** What the process says next waits for this. */
  hold(until: Promise<void> | undefined): void;
}

/** Of the most memory: a process that someone else killed with more than this died of it. */
const CRASHED_SHARE = 0.5;

/** One execution in a runner process, from its frame to its outcome: deadline, limits, and the console so far. */
export class RunningExecution {
  readonly deadline: Deadline;
  readonly #console: ConsoleLines;
  readonly #startedAt = performance.now();
  #ending: Ending | undefined;
  #cpuMsBefore: number | undefined;
  #cpuMs = 0;
  /** A crash leaves nothing to be weighed. */
  #peakBytes = 0;
  #waited = false;
  #isReadOut = false;
  #settled = false;

  constructor(
    private readonly links: RunLinks,
    readonly run: Run,
  ) {
    this.#console = new ConsoleLines(run.bounds.maxConsoleLines, run.bounds.maxConsoleBytes);
    const ceilingMs = run.hostTime === 'pauses' ? run.bounds.maxHostTimeMs : undefined;
    this.deadline = new Deadline(
      run.timeoutMs,
      () => this.#endRead({ kind: 'timedOut', limit: 'wall' }),
      ceilingMs,
    );
    run.cancelled?.addEventListener('abort', this.#cancel);
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get lines(): readonly string[] {
    return this.#console.lines;
  }

  /** Processor time since it was first looked at, in milliseconds. */
  get cpuMs(): number {
    return this.#cpuMs;
  }

  /** Most memory of its process that was seen, in bytes; 0 before the first look. */
  get peakBytes(): number {
    return this.#peakBytes;
  }

  /** The first reason stands. */
  end(ending: Ending): void {
    if (this.#settled) return;
    this.#ending ??= ending;
    this.links.kill(this.#ending.kind);
  }

  /** What its process has used, itself and those before it. */
  used({ memoryBytes, cpuMs }: ProcessUsage): void {
    this.#peakBytes = Math.max(this.#peakBytes, memoryBytes);
    this.#cpuMsBefore ??= cpuMs;
    this.#cpuMs = cpuMs - this.#cpuMsBefore;
    const { maxMemoryBytes, maxCpuMs = Infinity } = this.run.bounds;
    if (memoryBytes > maxMemoryBytes) this.end({ kind: 'exhausted', limit: 'memory' });
    else if (this.#cpuMs > maxCpuMs) this.#endRead({ kind: 'timedOut', limit: 'cpu' });
  }

  /** @returns false when no runner of ours says that of this execution, or not once more */
  said(message: Said): boolean {
    switch (message.kind) {
      case 'waiting':
        if (this.#waited) return false;
        return (this.#waited = true);
      case 'console':
        return this.#print(message.level, message.text);
      case 'consoleCut':
        return this.#cutConsole();
      default:
        return this.#yielded(message.value);
    }
  }

  settle(outcome: Outcome): void {
    this.#settled = true;
    this.deadline.stop();
    this.run.cancelled?.removeEventListener('abort', this.#cancel);
    this.links.resolve(outcome);
  }

  /**
   * Its process is gone.
   * @param exhausted the memory that it died for want of, as far as it said so
   * @returns what it died of
   */
  gone(exhausted: 'heap' | 'memory' | undefined): Ending['kind'] | 'died' {
    const isFull = this.#peakBytes > CRASHED_SHARE * this.run.bounds.maxMemoryBytes;
    const limit = exhausted ?? (isFull ? 'memory' : undefined);
    const died = limit === undefined ? ({ kind: 'died' } as const) : ({ kind: 'exhausted', limit } as const);
    const fate = this.#ending ?? died;
    this.settle({ ...fate, console: this.lines });
    return fate.kind;
  }

  /**
   * Ends it for what was measured, unless its answer lies in the pipe: where the gateway's loop stood still, what came
   * meanwhile has not been read.
   */
  #endRead(ending: Extract<Ending, { readonly kind: 'timedOut' }>): void {
    if (this.#isReadOut) return;
    this.#isReadOut = true;
    this.links.readOut(() => {
      this.#isReadOut = false;
      // What was read may be a call for which the clock stands still.
      if (ending.limit !== 'wall' || this.deadline.hasPassed) this.end(ending);
    });
  }

  /** A runner of ours keeps the same budget: it says that the console is cut, and never a line too many. */
  #print(level: ConsoleLevel, text: string): boolean {
    if (!this.#console.add(text)) return false;
    this.#tell(level, text);
    return true;
  }

  /** Where nobody hears what a generator yields, a runner of ours says nothing of it. */
  #yielded(value: unknown): boolean {
    const { watcher } = this.run;
    if (watcher?.yielded === undefined) return false;
    this.links.hold(watcher.yielded(value));
    return true;
  }

  #cutConsole(): boolean {
    const marker = this.#console.cut();
    if (marker === undefined) return false;
    this.#tell('warn', marker);
    if (this.run.bounds.consoleExcess === 'end') this.end({ kind: 'exhausted', limit: 'console' });
    return true;
  }

  #tell(level: ConsoleLevel, text: string): void {
    this.links.hold(this.run.watcher?.console?.({ level, time: Math.round(this.elapsedMs), text }));
  }

  readonly #cancel = (): void => this.end({ kind: 'cancelled' });
}
