import type { ChildProcess } from 'node:child_process';
import type { EgressSession } from '../egress.js';
import type { Outcome, Usage } from '../execution.js';
import type { Limits } from '../limits.js';
import { type InstalledPackage, type Preparation, TO_RUNNER } from '../boundary/messages.js';
import { outputLimitsOf } from './execute-frame.js';
import { GivenScripts } from './given-scripts.js';
import type { Launch } from './launch.js';
import { type ProcessUsage, usageOf } from './process-usage.js';
import { ProcessorShare } from './processor-share.js';
import { readOut } from './read-out.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerMessage } from './runner-message.js';
import { RunnerPipe } from './runner-pipe.js';
import type { PooledRunner, RunnerEvents } from './runner-set.js';
import { RunnerStart, spawnRunner, StandardError } from './runner-start.js';
import type { RunRequest } from './running-execution.js';
import { ScriptRun, type ScriptRunLinks } from './script-run.js';

/** Max wait, after the process has ended, for what it wrote before. */
const DRAIN_MS = 250;
/** Share of the memory limit: above it, with garbage not collected yet, the next script would have too little. */
const BLOATED_SHARE = 0.7;
/** Processor time after which a script is CPU-bound, and yields to others: most scripts are done by then. */
const CPU_BOUND_MS = 50;
/** Max time from an answer to the next idle: after it the script has gone on after its answer, and is ended. */
const REST_TIMEOUT_MS = 1000;

/** The gateway's handle on one runner process: starting, then idle and busy in turn, then gone. */
export class RunnerProcess implements PooledRunner {
  readonly pid: number | undefined;
  readonly started: Promise<void>;
  readonly start: RunnerStart;
  readonly scripts = new GivenScripts();
  readonly #child: ChildProcess;
  readonly #pipe: RunnerPipe;
  readonly #stderr: StandardError;
  readonly #links: ScriptRunLinks;
  #events: RunnerEvents | undefined;
  #running: ScriptRun | undefined;
  /** Set between an answer and the next idle. */
  #rest: NodeJS.Timeout | undefined;
  #last: ScriptRun | undefined;
  #executions = 0;
  #memoryBytes = 0;
  /** Set while the process yields the processor. */
  #share: ProcessorShare | undefined;
  #unhealthy = false;
  #gone = false;
  #killedFor: RunnerEnd | undefined;

  /** @throws RunnerStartError when the gateway has no descriptor left for it */
  constructor(
    launch: Launch,
    packages: readonly InstalledPackage[],
    private limits: Limits,
    codeCache?: string,
  ) {
    const { child, pipe } = spawnRunner(launch);
    this.#child = child;
    this.pid = child.pid;
    this.#pipe = new RunnerPipe(pipe, {
      message: (message) => this.#accept(message),
      broken: (end) => this.#broken(end),
    });
    this.#links = {
      pipe: this.#pipe,
      scripts: this.scripts,
      kill: (end) => this.kill(end),
      onAnswer: () => this.#onAnswer(),
      onWaiting: () => this.#events?.onWaiting(),
    };
    this.#stderr = new StandardError(child.stderr);
    this.start = new RunnerStart(child, this.#stderr, () => this.kill('start_failed'));
    this.started = this.start.ready;
    this.#attach(child);
    const preparation: Preparation = { packages, limits: outputLimitsOf(limits), codeCache };
    this.#pipe.send(TO_RUNNER.prepare, JSON.stringify(preparation));
  }

  get executions(): number {
    return this.#executions;
  }

  /** Whether the last execution may have begun: another process may run it only if it has not. */
  get begun(): boolean {
    return this.#last?.begun ?? false;
  }

  /** What the last execution has used, as far as it was measured. */
  get lastUse(): Pick<Usage, 'cpuMs' | 'memoryBytes'> {
    const { cpuMs = 0, peakBytes = 0 } = this.#last?.execution ?? {};
    return { cpuMs, memoryBytes: peakBytes };
  }

  listen(events: RunnerEvents): void {
    this.#events = events;
  }

  /**
   * Runs one execution; only while idle. Whatever the script or the process does is its outcome.
   * @throws what opening its egress throws; nothing has run then, and the process is idle again
   */
  run(request: RunRequest): Promise<Outcome> {
    this.#last = undefined;
    if (this.#gone) return Promise.resolve({ kind: 'died', console: [] });
    return new Promise((resolve, reject) => {
      try {
        if (request.cancelled?.aborted !== true) return this.#begin(request, request.egress?.open(), resolve);
        resolve({ kind: 'cancelled', console: [] });
      } catch (error) {
        reject(error);
      }
      // Nothing was sent: the process can have another execution, once this one has its outcome.
      queueMicrotask(() => {
        if (this.#killedFor === undefined) this.#events?.onIdle();
      });
    });
  }

  get unhealthy(): boolean {
    return this.#unhealthy || this.#memoryBytes > BLOATED_SHARE * this.limits.maxMemoryBytes;
  }

  /** What the process has used so far, measured while it runs a script. */
  onUsage(usage: ProcessUsage): void {
    this.#memoryBytes = usage.memoryBytes;
    this.#running?.execution.onUsage(usage);
    if ((this.#running?.execution.cpuMs ?? 0) < CPU_BOUND_MS) return;
    this.#share ??= new ProcessorShare();
    if (this.#share.yield(usage.pid)) this.#events?.onCpuBound();
  }

  /** Nobody waits: the process may prepare what the next script may need. */
  warm(): void {
    this.#pipe.send(TO_RUNNER.warm, '');
  }

  /** Ends the process, whatever it does. What it wrote before is still read. The first reason stands. */
  kill(reason: RunnerEnd): void {
    this.#killedFor ??= reason;
    this.#child.kill('SIGKILL');
  }

  #attach(child: ChildProcess): void {
    const readAndEnd = (): void => readOut(this.#pipe, () => this.#end());
    child.on('error', () => this.#end());
    child.on('close', () => (this.#pipe.pending === 'frames' ? readAndEnd() : this.#end()));
    child.on('exit', () => {
      // Nobody waits for what it wrote, or nothing of it counts; and nobody may lease it any more.
      if (this.#running === undefined || this.#pipe.stopped) return this.#end();
      // Should something else hold the pipe's other end open, the process is gone all the same.
      setTimeout(readAndEnd, DRAIN_MS).unref();
    });
  }

  #begin(request: RunRequest, session: EgressSession | undefined, resolve: (outcome: Outcome) => void): void {
    if (!this.scripts.isKept(request)) this.#executions += 1;
    this.limits = request.limits;
    try {
      this.#running = new ScriptRun(request, session, this.#links, resolve);
    } catch (error) {
      // A fault of ours: nobody knows what the process was sent.
      this.kill('died');
      throw error;
    }
    this.#last = this.#running;
  }

  #broken(end: 'protocol_violation' | 'died'): void {
    if (end === 'protocol_violation' && this.#running !== undefined) this.#running.end(end);
    else this.kill(end);
  }

  /** @returns false on a protocol violation: the message cannot come at this moment */
  #accept(message: RunnerMessage): boolean {
    if (message.kind === 'ready') return this.start.done();
    if (message.kind === 'idle') return this.#onIdle();
    return this.#running?.accept(message) ?? false;
  }

  /** The script has answered: only the next idle may come, and soon. */
  #onAnswer(): void {
    this.#running = undefined;
    const timer = setTimeout(
      () =>
        readOut(this.#pipe, () => {
          if (this.#rest === timer) this.kill('ran_after_reply');
        }),
      REST_TIMEOUT_MS,
    );
    this.#rest = timer;
  }

  /** @returns false when there was no answer before */
  #onIdle(): boolean {
    if (this.#rest === undefined) return false;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    if (this.#share?.restore() === false) this.#unhealthy = true;
    if (this.scripts.isLookDue()) this.#memoryBytes = usageOf(this.pid ?? 0)?.memoryBytes ?? 0;
    this.#events?.onIdle();
    return true;
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    clearTimeout(this.#rest);
    this.#rest = undefined;
    this.#pipe.close();
    const fate = this.#running?.onExit(this.#stderr.exhausted);
    this.#running = undefined;
    this.#events?.onExit(this.#killedFor ?? fate ?? 'died');
  }
}
