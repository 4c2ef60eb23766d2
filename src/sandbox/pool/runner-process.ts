import type { ChildProcess } from 'node:child_process';
import type { Allowance, Outcome, Usage } from '../execution.js';
import { type InstalledPackage, type Preparation, TO_RUNNER } from '../runner/messages.js';
import { limitsOf } from './execution-bounds.js';
import { GivenScripts } from './given-scripts.js';
import type { Launch } from './launch.js';
import { type ProcessUsage, usageOf } from './process-usage.js';
import { ProcessorShare } from './processor-share.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerEvents } from './runner-events.js';
import type { RunnerAnswer, RunnerMessage } from './runner-message.js';
import { RunnerPipe } from './runner-pipe.js';
import { RunnerStart } from './runner-start.js';
import { type ExecutionBounds, type Run, RunningExecution } from './running-execution.js';
import { ScriptCalls } from './script-calls.js';
import { spawnRunner } from './spawn-runner.js';
import { StandardError } from './standard-error.js';

/** Longest way from an answer to the next idle: past it the script goes on after its answer, and is ended. */
const REST_TIMEOUT_MS = 1000;
/** Longest wait, after the process has ended, for what it wrote before. */
const DRAIN_MS = 250;
/** Of the most memory: with more, not collected yet, the next script would have too little. */
const BLOATED_SHARE = 0.7;
/** Processor time after which a script yields to others: most are done by then. */
const HOGGING_MS = 50;

/** The host's handle on one runner process: starting, then idle and busy in turn, then gone. */
export class RunnerProcess {
  readonly pid: number | undefined;
  readonly started: Promise<void>;
  readonly start: RunnerStart;
  readonly scripts = new GivenScripts();
  readonly #child: ChildProcess;
  readonly #pipe: RunnerPipe;
  readonly #stderr: StandardError;
  #events: RunnerEvents | undefined;
  #running: RunningExecution | undefined;
  #calls: ScriptCalls | undefined;
  #restTimer: NodeJS.Timeout | undefined;
  #last: RunningExecution | undefined;
  #executions = 0;
  #begun = false;
  #memoryBytes = 0;
  readonly #share = new ProcessorShare();
  #spoiled = false;
  #gone = false;
  #killedFor: RunnerEnd | undefined;

  /** @throws RunnerStartError when this process has no descriptor left for it */
  constructor(
    launch: Launch,
    packages: readonly InstalledPackage[],
    private bounds: ExecutionBounds & { readonly widest?: Allowance },
  ) {
    const { child, pipe } = spawnRunner(launch);
    this.#child = child;
    this.pid = child.pid;
    this.#pipe = new RunnerPipe(pipe, bounds, bounds.widest?.maxResultBytes ?? 0, {
      message: (message) => this.#accept(message),
      broken: (end) => this.kill(end),
    });
    this.#stderr = new StandardError(child.stderr);
    this.start = new RunnerStart(child, this.#stderr, () => this.kill('failed'));
    this.started = this.start.ready;
    this.#attach(child);
    const limits = limitsOf(bounds);
    this.#pipe.send(TO_RUNNER.prepare, JSON.stringify({ packages, limits } satisfies Preparation));
  }

  get executions(): number {
    return this.#executions;
  }

  /** Whether the last execution may have begun: false only when the process ended before it had read it whole. */
  get begun(): boolean {
    return this.#begun && !this.#pipe.unread;
  }

  /** What the last execution has used, as far as it was seen. */
  get lastUse(): Pick<Usage, 'cpuMs' | 'memoryBytes'> {
    return { cpuMs: this.#last?.cpuMs ?? 0, memoryBytes: this.#last?.peakBytes ?? 0 };
  }

  listen(events: RunnerEvents): void {
    this.#events = events;
  }

  /** Runs one execution; only while idle. Never rejects, whatever the script or the process does. */
  run(run: Run): Promise<Outcome> {
    return new Promise((resolve) => {
      const running = new RunningExecution(resolve, (end) => this.kill(end), run);
      if (!this.scripts.isKept(run)) this.#executions += 1;
      this.#running = running;
      this.#last = running;
      this.bounds = run.bounds;
      this.#pipe.limits = run.bounds;
      this.#calls = new ScriptCalls(run, running, this.#pipe);
      this.#begun = !this.#gone;
      if (this.#gone) this.#settle({ kind: 'died', console: [] });
      else if (run.cancelled?.aborted) running.end({ kind: 'cancelled' });
      else this.scripts.send(run, this.#pipe);
    });
  }

  /** Whether it is to be replaced: for its memory, or a priority that the system does not let us raise again. */
  get spoiled(): boolean {
    return this.#spoiled || this.#memoryBytes > BLOATED_SHARE * this.bounds.maxMemoryBytes;
  }

  /** What the process has used so far, seen while it runs a script. */
  used(usage: ProcessUsage): void {
    this.#memoryBytes = usage.memoryBytes;
    this.#running?.used(usage);
    if ((this.#running?.cpuMs ?? 0) < HOGGING_MS) return;
    if (this.#share.yield(usage.pid)) this.#events?.hogging();
  }

  /** Nobody waits: it can make ready what the next script may need. */
  readonly warm = (): void => this.#pipe.send(TO_RUNNER.warm, '');

  /** Ends the process, whatever it does. What it wrote before is still read. The first reason stands. */
  kill(reason: RunnerEnd): void {
    this.#killedFor ??= reason;
    this.#child.kill('SIGKILL');
  }

  #attach(child: ChildProcess): void {
    child.on('error', () => this.#end());
    child.on('close', () => this.#end());
    child.on('exit', () => {
      // Nobody waits for what it wrote, and nobody may lease it any more.
      if (this.#running === undefined) return this.#end();
      // Should something else hold the pipe's other end open, the process is gone all the same.
      setTimeout(() => this.#end(), DRAIN_MS).unref();
    });
  }

  /** @returns false when the runner lies: what it says cannot be at this moment */
  #accept(message: RunnerMessage): boolean {
    if (message.kind === 'ready') return this.start.done();
    if (message.kind === 'idle') return this.#rested();
    const running = this.#running;
    if (running === undefined) return false;
    switch (message.kind) {
      case 'waiting':
        this.#events?.waiting();
        return true;
      case 'console':
      case 'consoleCut':
      case 'yielded':
        this.#pipe.hold(running.said(message));
        return true;
      case 'called':
      case 'egress':
        return this.#calls?.take(message) ?? false;
      default:
        // Past the deadline an answer comes too late: the process is being killed.
        if (!running.ending) this.#answer(message, running);
        return true;
    }
  }

  #answer(message: RunnerAnswer, running: RunningExecution): void {
    this.#restTimer = setTimeout(() => this.kill('restless'), REST_TIMEOUT_MS);
    const answer = { ...message, console: running.lines };
    if (answer.kind === 'returned') this.scripts.returned(running.run);
    this.#settle(answer.kind === 'returned' ? { ...answer, timeMs: running.elapsedMs } : answer);
  }

  /** @returns false when it has answered nothing to rest from */
  #rested(): boolean {
    if (this.#restTimer === undefined) return false;
    clearTimeout(this.#restTimer);
    this.#restTimer = undefined;
    this.#spoiled ||= !this.#share.restore();
    if (this.scripts.isLookDue()) this.#memoryBytes = usageOf(this.pid ?? 0)?.memoryBytes ?? 0;
    this.#events?.idle();
    return true;
  }

  #settle(outcome: Outcome): void {
    const running = this.#running;
    this.#running = undefined;
    this.#calls?.close();
    running?.settle(outcome);
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#restTimer);
    this.#pipe.close();
    const fate = this.#running?.gone(this.#stderr.exhausted);
    this.#running = undefined;
    this.#calls?.close();
    this.#events?.gone(this.#killedFor ?? fate ?? 'died');
  }
}
