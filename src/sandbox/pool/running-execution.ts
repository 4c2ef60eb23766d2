import type { Execution, ExecutionWatcher, Outcome } from '../execution.js';
import type { ConsoleLevel } from '../runner/console-levels.js';
import type { ExecutionLimits } from '../runner/messages.js';
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
export interface Run extends Given, Pick<Execution, 'timeoutMs' | 'functions' | 'hostTime' | 'egress'> {
  readonly bounds: ExecutionBounds;
  readonly cancelled?: AbortSignal | undefined;
  readonly watcher?: ExecutionWatcher | undefined;
}

/** Why the gateway ends an execution together with its process. */
export type Ending =
  | { readonly kind: 'timedOut'; readonly limit: 'wall' | 'cpu' }
  | { readonly kind: 'exhausted'; readonly limit: 'memory' | 'heap' | 'console' | 'calls' }
  | { readonly kind: 'cancelled' };

type Said = Extract<RunnerMessage, { readonly kind: 'console' | 'consoleCut' | 'yielded' }>;

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

  /** @param kill ends the process, and so the execution */
  constructor(
    private readonly resolve: (outcome: Outcome) => void,
    private readonly kill: (ending: Ending['kind']) => void,
    readonly run: Run,
  ) {
    this.#console = new ConsoleLines(run.bounds.maxConsoleLines, run.bounds.maxConsoleBytes);
    const ceilingMs = run.hostTime === 'pauses' ? run.bounds.maxHostTimeMs : undefined;
    this.deadline = new Deadline(
      run.timeoutMs,
      () => this.end({ kind: 'timedOut', limit: 'wall' }),
      ceilingMs,
    );
    run.cancelled?.addEventListener('abort', this.#cancel);
  }

  /** Whether it is being ended: an answer comes too late then. */
  get ending(): boolean {
    return this.#ending !== undefined;
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
    this.#ending ??= ending;
    this.kill(this.#ending.kind);
  }

  /** What its process has used, itself and those before it. */
  used({ memoryBytes, cpuMs }: ProcessUsage): void {
    this.#peakBytes = Math.max(this.#peakBytes, memoryBytes);
    this.#cpuMsBefore ??= cpuMs;
    this.#cpuMs = cpuMs - this.#cpuMsBefore;
    const { maxMemoryBytes, maxCpuMs = Infinity } = this.run.bounds;
    if (memoryBytes > maxMemoryBytes) this.end({ kind: 'exhausted', limit: 'memory' });
    else if (this.#cpuMs > maxCpuMs) this.end({ kind: 'timedOut', limit: 'cpu' });
  }

  /** @returns a promise where what it says next should wait */
  said(message: Said): Promise<void> | undefined {
    if (message.kind === 'console') return this.#print(message.level, message.text);
    return message.kind === 'yielded' ? this.run.watcher?.yielded?.(message.value) : this.#cutConsole();
  }

  settle(outcome: Outcome): void {
    this.deadline.stop();
    this.run.cancelled?.removeEventListener('abort', this.#cancel);
    this.resolve(outcome);
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

  #print(level: ConsoleLevel, text: string): Promise<void> | undefined {
    return this.#console.add(text) ? this.#tell(level, text) : this.#cutConsole();
  }

  /** The console is too long, as the runner says, or as is seen here. */
  #cutConsole(): Promise<void> | undefined {
    const marker = this.#console.cut();
    if (this.run.bounds.consoleExcess === 'end') this.end({ kind: 'exhausted', limit: 'console' });
    return marker === undefined ? undefined : this.#tell('warn', marker);
  }

  #tell(level: ConsoleLevel, text: string): Promise<void> | undefined {
    return this.run.watcher?.console?.({ level, time: Math.round(this.elapsedMs), text });
  }

  readonly #cancel = (): void => this.end({ kind: 'cancelled' });
}
