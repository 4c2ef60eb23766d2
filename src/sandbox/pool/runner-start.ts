import { type ChildProcess, spawn } from 'node:child_process';
import { Socket } from 'node:net';
import type { Readable } from 'node:stream';
import { RunnerStartError } from '../errors.js';
import { preferForOom } from './hardening/oom-score.js';
import type { Launch } from './launch.js';

const TIMEOUT_MS = 10_000;
/** V8's last words come before a stack of its own functions, which has some thousand characters. */
const KEPT_CHARACTERS = 16_384;
/** Max characters for the operator. */
const SHOWN_CHARACTERS = 2000;

/** A started process, and the pipe to it. */
export interface Spawned {
  readonly child: ChildProcess;
  readonly pipe: Socket;
}

/** @throws RunnerStartError when the gateway has no file descriptor left; other failures come as events of `child` */
export function spawnRunner(launch: Launch): Spawned {
  const child = spawnLaunch(launch);
  // Node gives up before it makes any pipe then, whatever its types say.
  const pipe = (child.stdio as ChildProcess['stdio'] | undefined)?.[3];
  if (pipe instanceof Socket) return { child, pipe };
  child.on('error', () => undefined);
  throw new RunnerStartError('the runner process did not start: no file descriptor is left');
}

/** Starts a process that is to run untrusted code. A kernel that lacks memory ends it before the gateway. */
export function spawnLaunch({ file, args, options, ended }: Launch): ChildProcess {
  let child: ChildProcess;
  try {
    child = spawn(file, args, options);
  } catch (error) {
    ended?.();
    throw error;
  }
  if (ended !== undefined) child.once('error', ended).once('exit', ended);
  if (child.pid !== undefined) preferForOom(child.pid);
  return child;
}

/** The end of what a runner process writes to standard error: why it does not start, and why V8 or Node ended it. */
export class StandardError {
  #text = '';

  constructor(stream: Readable | null) {
    // Read as long as the process lives: it would wait for us otherwise.
    stream?.setEncoding('utf8').on('data', (text: string) => {
      this.#text = (this.#text + text).slice(-KEPT_CHARACTERS);
    });
    stream?.on('error', () => undefined);
  }

  /** For the operator, about a runner that has not yet seen a script. */
  get text(): string {
    return this.#text.slice(-SHOWN_CHARACTERS).trim();
  }

  /**
   * The memory that the process lacked when it died, by the last words of V8 and Node. A script that has broken out can
   * write the same: it gets 1003 instead of 1201.
   */
  get exhausted(): 'heap' | 'memory' | undefined {
    if (/heap out of memory|heap limit/i.test(this.#text)) return 'heap';
    return /out of memory|bad_alloc/i.test(this.#text) ? 'memory' : undefined;
  }
}

/** The time from the spawn of a runner process until it reports that it is ready. */
export class RunnerStart {
  /** Rejects with RunnerStartError, in the words of the process itself where it had some. */
  readonly ready: Promise<void>;
  readonly #bornAt = performance.now();
  #readyAt = Infinity;
  #resolve: (() => void) | undefined;

  /** @param kill ends the process when it takes too long */
  constructor(child: ChildProcess, stderr: StandardError, kill: () => void) {
    this.ready = new Promise((resolve, reject) => {
      const fail = (reason: string): void => {
        clearTimeout(timer);
        kill();
        reject(new RunnerStartError(`the runner process did not start: ${reason}`));
      };
      const failed = (error: Error): void => fail(error.message);
      const closed = (code: number | null, signal: string | null): void =>
        fail(stderr.text || `it ended with ${signal ?? code}`);
      // After a stall of the event loop, what the process has written is read first.
      const late = (): void => {
        setImmediate(() => {
          if (this.#resolve !== undefined) fail('it was not ready in time');
        });
      };
      const timer = setTimeout(late, TIMEOUT_MS);
      child.once('error', failed).once('close', closed);
      this.#resolve = () => {
        clearTimeout(timer);
        // Whatever ends the process from now on is not a start failure.
        child.off('error', failed).off('close', closed);
        resolve();
      };
    });
  }

  /** Milliseconds of the start that lie between two moments. */
  msBetween(from: number, to: number): number {
    return Math.max(Math.min(this.#readyAt, to) - Math.max(this.#bornAt, from), 0);
  }

  /** @returns false when it was ready before */
  done(): boolean {
    const resolve = this.#resolve;
    this.#resolve = undefined;
    this.#readyAt = performance.now();
    resolve?.();
    return resolve !== undefined;
  }
}
