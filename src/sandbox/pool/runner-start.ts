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
      const timer = setTimeout(() => fail('it was not ready in time'), TIMEOUT_MS);
      child.once('error', (error) => fail(error.message));
      child.once('close', (code, signal) => fail(stderr.text || `it ended with ${signal ?? code}`));
      this.#resolve = () => {
        clearTimeout(timer);
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
