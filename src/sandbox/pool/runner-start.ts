import type { ChildProcess } from 'node:child_process';
import { RunnerStartError } from '../errors.js';
import type { StandardError } from './standard-error.js';

const TIMEOUT_MS = 10_000;

/** The time of a runner process until it says that it is ready. */
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
      // Where the loop stood still, what the process has said is read first.
      const late = (): void => {
        setImmediate(() => {
          if (this.#resolve !== undefined) fail('it was not ready in time');
        });
      };
      const timer = setTimeout(late, TIMEOUT_MS);
      child.once('error', failed).once('close', closed);
      this.#resolve = () => {
        clearTimeout(timer);
        // Whatever ends the process from now on is no failure to start.
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
