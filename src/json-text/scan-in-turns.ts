import { FairScheduler } from './fair-scheduler.js';
import { JsonScanner } from './json-scanner.js';
import type { JsonText } from './json-text.js';

/** Texts up to this size are better scanned at once with `scanJson`, in a fraction of a millisecond. */
export const DIRECT_BYTES = 16 * 1024;
/** Takes a fraction of a millisecond. */
const STEP_BYTES = 64 * 1024;
/** Long enough to make progress, short enough that other work is not delayed noticeably. */
const TURN_MS = 3;

/** One per process, as there is one event loop. */
const scheduler = new FairScheduler(TURN_MS);

/**
 * Scans a text of any length in slices, over several event loop turns.
 * @param bytes valid UTF-8
 * @param account key for fair scheduling
 * @param opened as for {@link JsonScanner}
 * @returns `undefined` if the text is not valid JSON
 */
export function scanInTurns(bytes: Buffer, account: string, opened?: string): Promise<JsonText | undefined> {
  const scanner = new JsonScanner(bytes, opened);
  return new Promise((resolve) => {
    const step = (): void => {
      if (scanner.advance(STEP_BYTES)) resolve(scanner.text);
      else scheduler.schedule(account, step);
    };
    scheduler.schedule(account, step);
  });
}

/**
 * Runs work of any length in short steps, over several event loop turns.
 * @param account as for {@link scanInTurns}
 * @param work yields after each step of at most a few milliseconds
 */
export function workInTurns(account: string, work: Iterator<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const step = (): void => {
      try {
        if (work.next().done === true) resolve();
        else scheduler.schedule(account, step);
      } catch (error) {
        reject(error);
      }
    };
    scheduler.schedule(account, step);
  });
}
