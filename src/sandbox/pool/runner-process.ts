import type { ChildProcess } from 'node:child_process';
import type { EgressSession } from '../egress.js';
import type { Outcome, Usage } from '../execution.js';
import { type InstalledPackage, type Preparation, TO_RUNNER } from '../boundary/messages.js';
import { limitsOf } from './execution-bounds.js';
import { GivenScripts } from './given-scripts.js';
import type { Launch } from './launch.js';
import { type ProcessUsage, usageOf } from './process-usage.js';
import { ProcessorShare } from './processor-share.js';
import { readOut } from './read-out.js';
import { RestWatch } from './rest-watch.js';
import type { RunnerEnd } from './runner-end.js';
import type { RunnerEvents } from './runner-events.js';
import type { RunnerMessage } from './runner-message.js';
import { RunnerPipe } from './runner-pipe.js';
import { RunnerStart } from './runner-start.js';
import type { ExecutionBounds, Run } from './running-execution.js';
import { ScriptRun, type ScriptRunLinks } from './script-run.js';
import { spawnRunner } from './spawn-runner.js';
import { StandardError } from './standard-error.js';

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
  #running: ScriptRun | undefined;
  readonly #rest: RestWatch;
  #last: ScriptRun | undefined;
  #executions = 0;
  #memoryBytes = 0;
  readonly #share = new ProcessorShare();
  #spoiled = false;
  #gone = false;
  #killedFor: RunnerEnd | undefined;

  /** @throws RunnerStartError when this process has no descriptor left for it */
  constructor(
    launch: Launch,
    packages: readonly InstalledPackage[],
    private bounds: ExecutionBounds,
  ) {
    const { child, pipe } = spawnRunner(launch);
    this.#child = child;
    this.pid = child.pid;
    this.#pipe = new RunnerPipe(pipe, {
      message: (message) => this.#accept(message),
      broken: (end) => this.#broken(end),
    });
    this.#rest = new RestWatch(
      () => this.kill('ran_after_reply'),
      (done) => readOut(this.#pipe, done),
    );
    this.#stderr = new StandardError(child.stderr);
    this.start = new RunnerStart(child, this.#stderr, () => this.kill('start_failed'));
    this.started = this.start.ready;
    this.#attach(child);
    const limits = limitsOf(bounds);
    this.#pipe.send(TO_RUNNER.prepare, JSON.stringify({ packages, limits } satisfies Preparation));
  }

  get executions(): number {
    return this.#executions;
  }

  /** Whether the last execution may have begun: only one that has not may be run by another process. */
  get begun(): boolean {
    return this.#last?.begun ?? false;
  }

  /** What the last execution has used, as far as it was seen. */
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
  run(run: Run): Promise<Outcome> {
    this.#last = undefined;
    if (this.#gone) return Promise.resolve({ kind: 'died', console: [] });
    return new Promise((resolve, reject) => {
      try {
        if (run.cancelled?.aborted !== true) return this.#begin(run, run.egress?.open(), resolve);
        resolve({ kind: 'cancelled', console: [] });
      } catch (error) {
        reject(error);
      }
      // Nothing was sent: the process can have another execution, once this one has its outcome.
      queueMicrotask(() => {
        if (this.#killedFor === undefined) this.#events?.idle();
      });
    });
  }

  /** Whether it is to be replaced: for its memory, or a priority that the system does not let us raise again. */
  get spoiled(): boolean {
    return this.#spoiled || this.#memoryBytes > BLOATED_SHARE * this.bounds.maxMemoryBytes;
  }

  /** What the process has used so far, seen while it runs a script. */
  used(usage: ProcessUsage): void {
    this.#memoryBytes = usage.memoryBytes;
    this.#running?.execution.used(usage);
    if ((this.#running?.execution.cpuMs ?? 0) < HOGGING_MS) return;
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

  #begin(run: Run, session: EgressSession | undefined, resolve: (outcome: Outcome) => void): void {
    if (!this.scripts.isKept(run)) this.#executions += 1;
    this.bounds = run.bounds;
    const links: ScriptRunLinks = {
      pipe: this.#pipe,
      scripts: this.scripts,
      resolve,
      kill: (end) => this.kill(end),
      answered: () => {
        this.#running = undefined;
        this.#rest.answered();
      },
      waiting: () => this.#events?.waiting(),
    };
    try {
      this.#running = new ScriptRun(run, session, links);
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

  /** @returns false when the runner lies: what it says cannot be at this moment */
  #accept(message: RunnerMessage): boolean {
    if (message.kind === 'ready') return this.start.done();
    if (message.kind === 'idle') return this.#rested();
    return this.#running?.accept(message) ?? false;
  }

  /** @returns false when it has answered nothing to rest from */
  #rested(): boolean {
    if (!this.#rest.rested()) return false;
    this.#spoiled ||= !this.#share.restore();
    if (this.scripts.isLookDue()) this.#memoryBytes = usageOf(this.pid ?? 0)?.memoryBytes ?? 0;
    this.#events?.idle();
    return true;
  }

  #end(): void {
    if (this.#gone) return;
    this.#gone = true;
    this.#rest.stop();
    this.#pipe.close();
    const fate = this.#running?.gone(this.#stderr.exhausted);
    this.#running = undefined;
    this.#events?.gone(this.#killedFor ?? fate ?? 'died');
  }
}
