import type { Execution, ExecutionWatcher, Outcome } from '../execution.js';
import type { ConsoleLevel } from '../boundary/console-levels.js';
import { MAX_LOADS, type Unanswered } from '../boundary/call-facts.js';
import { ConsoleBudget } from '../boundary/output-limits.js';
import type { Limits } from '../limits.js';
import { Deadline } from './deadline.js';
import type { ScriptFrames } from './given-scripts.js';
import type { ProcessUsage } from './process-usage.js';
import type { RunnerMessage } from './runner-message.js';

/** One execution as a runner process gets it. */
export interface RunRequest
  extends ScriptFrames, Pick<Execution, 'tenant' | 'timeoutMs' | 'functions' | 'hostTime' | 'egress'> {
  readonly limits: Limits;
  /** What happens to a console that is too long: it is cut, or the execution is ended. */
  readonly consoleExcess: 'cut' | 'end';
  readonly cancelled?: AbortSignal | undefined;
  readonly watcher?: ExecutionWatcher | undefined;
}

/** Why the gateway ends an execution together with its process. */
export type Ending =
  | { readonly kind: 'timedOut'; readonly limit: 'wall' | 'cpu' }
  | { readonly kind: 'exhausted'; readonly limit: 'memory' | 'heap' | 'console' | 'calls' }
  | { readonly kind: 'cancelled' };

type ScriptOutput = Extract<
  RunnerMessage,
  { readonly kind: 'waiting' | 'unanswered' | 'loading' | 'console' | 'consoleCut' | 'yielded' }
>;

/** What an execution does to its runner process. */
export interface ProcessLinks {
  /** Ends the process, and so the execution. */
  end(ending: Ending['kind']): void;
  /** Reads what the process has written already, then calls back. */
  readOut(done: () => void): void;
  /** Later messages of the process wait for this. */
  hold(until: Promise<void> | undefined): void;
}

/** Share of the memory limit: a process that someone else killed above it died of too much memory. */
const CRASHED_SHARE = 0.5;

/** One execution in a runner process, from its frame to its outcome: deadline, limits, and the console so far. */
export class RunningExecution {
  readonly deadline: Deadline;
  readonly #lines: string[] = [];
  readonly #budget: ConsoleBudget;
  readonly #startedAt = performance.now();
  #isCut = false;
  #ending: Ending | undefined;
  #cpuMsBefore: number | undefined;
  #cpuMs = 0;
  /** Kept, because a crashed process leaves nothing to be measured. */
  #peakBytes = 0;
  #waited = false;
  #unanswered: Unanswered | undefined;
  #loadMs = 0;
  #loads = 0;
  #loadingSince: number | undefined;
  #isReadOut = false;
  #settled = false;

  /** @param resolve gets the outcome */
  constructor(
    readonly request: RunRequest,
    private readonly links: ProcessLinks,
    private readonly resolve: (outcome: Outcome) => void,
  ) {
    const { limits, hostTime, timeoutMs, cancelled } = request;
    this.#budget = new ConsoleBudget(limits.maxConsoleLines, limits.maxConsoleBytes);
    const ceilingMs = hostTime === 'pauses' ? limits.maxHostTimeMs : undefined;
    const passed = (): void => this.#endRead({ kind: 'timedOut', limit: 'wall' });
    this.deadline = new Deadline(timeoutMs, passed, ceilingMs);
    cancelled?.addEventListener('abort', this.#cancel);
  }

  get elapsedMs(): number {
    return performance.now() - this.#startedAt;
  }

  get lines(): readonly string[] {
    return this.#lines;
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
    this.links.end(this.#ending.kind);
  }

  /** What the process has used so far, for this execution and those before it. */
  onUsage({ memoryBytes, cpuMs }: ProcessUsage): void {
    this.#peakBytes = Math.max(this.#peakBytes, memoryBytes);
    this.#cpuMsBefore ??= cpuMs;
    this.#cpuMs = cpuMs - this.#cpuMsBefore;
    const { maxMemoryBytes, maxCpuMs = Infinity } = this.request.limits;
    if (memoryBytes > maxMemoryBytes) this.end({ kind: 'exhausted', limit: 'memory' });
    else if (this.#cpuMs > maxCpuMs) this.#endRead({ kind: 'timedOut', limit: 'cpu' });
  }

  /** @returns false on a protocol violation: our runner sends no such message of this execution, or not again */
  onOutput(message: ScriptOutput): boolean {
    switch (message.kind) {
      case 'waiting':
        if (this.#waited) return false;
        return (this.#waited = true);
      case 'unanswered':
        if (this.#unanswered !== undefined) return false;
        this.#unanswered = message.by;
        return true;
      case 'loading':
        return this.#loading(message.begins);
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
    this.request.cancelled?.removeEventListener('abort', this.#cancel);
    this.resolve(outcome);
  }

  /**
   * The process is gone.
   * @param exhausted the memory that it lacked, as far as it reported that
   * @returns what it died of
   */
  onExit(exhausted: 'heap' | 'memory' | undefined): Ending['kind'] | 'died' {
    const isFull = this.#peakBytes > CRASHED_SHARE * this.request.limits.maxMemoryBytes;
    const limit = exhausted ?? (isFull ? 'memory' : undefined);
    const died = limit === undefined ? ({ kind: 'died' } as const) : ({ kind: 'exhausted', limit } as const);
    const fate = this.#ending ?? died;
    if (fate.kind === 'timedOut') {
      const unanswered = this.#unanswered;
      const loadMs = this.#wholeLoadMs;
      const facts = { ...(unanswered && { unanswered }), ...(loadMs > 0 && { loadMs }) };
      this.settle({ ...fate, console: this.lines, ...facts });
    } else this.settle({ ...fate, console: this.lines });
    return fate.kind;
  }

  /**
   * Ends the execution for what was measured, unless its answer lies in the pipe: after a stall of the event loop, what came
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

  /** Time of loading packages, with that of a load that has not ended. */
  get #wholeLoadMs(): number {
    const since = this.#loadingSince;
    return this.#loadMs + (since === undefined ? 0 : performance.now() - since);
  }

  /** Our runner reports the beginning and the end of a load in turns, and a bounded number of loads. */
  #loading(begins: boolean): boolean {
    if (begins === (this.#loadingSince !== undefined) || this.#loads >= MAX_LOADS) return false;
    if (!begins) this.#loads += 1;
    this.#loadMs = this.#wholeLoadMs;
    this.#loadingSince = begins ? performance.now() : undefined;
    return true;
  }

  /** Our runner keeps the same budget: it reports that the console is cut, and never sends a line too many. */
  #print(level: ConsoleLevel, text: string): boolean {
    if (this.#budget.take(text) !== 'kept' || this.#isCut) return false;
    this.#lines.push(text);
    this.#tell(level, text);
    return true;
  }

  /** Our runner sends no yielded values when nobody listens. */
  #yielded(value: unknown): boolean {
    const { watcher } = this.request;
    if (watcher?.yielded === undefined) return false;
    this.links.hold(watcher.yielded(value));
    return true;
  }

  /** The console ends with a line that says that it is cut. */
  #cutConsole(): boolean {
    if (this.#isCut) return false;
    this.#isCut = true;
    const marker = `[console cut after ${this.#lines.length} lines]`;
    this.#lines.push(marker);
    this.#tell('warn', marker);
    if (this.request.consoleExcess === 'end') this.end({ kind: 'exhausted', limit: 'console' });
    return true;
  }

  #tell(level: ConsoleLevel, text: string): void {
    const { watcher } = this.request;
    if (watcher?.console === undefined) return;
    this.links.hold(watcher.console({ level, time: Math.round(this.elapsedMs), text }));
  }

  readonly #cancel = (): void => this.end({ kind: 'cancelled' });
}
