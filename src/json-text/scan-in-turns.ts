import { FairTurns } from './fair-turns.js';
import { JsonScanner } from './json-scanner.js';
import type { JsonText } from './json-text.js';

/** A text that is no longer is better checked at once, by `scanJson`: that takes a fraction of a millisecond. */
export const DIRECT_BYTES = 16 * 1024;
/** A fraction of a millisecond. */
const STEP_BYTES = 64 * 1024;
/** Long enough to get on, short enough that nobody notices the wait. */
const TURN_MS = 3;

/** One for the process, as there is one event loop. */
const turns = new FairTurns(TURN_MS);

/**
 * Checks a text of any length, a piece in each turn of the event loop.
 * @param bytes valid UTF-8
 * @param account who waits for it: accounts take turns
 * @param opened as for {@link JsonScanner}
 * @returns `undefined` when the text is not JSON
 */
export function scanInTurns(bytes: Buffer, account: string, opened?: string): Promise<JsonText | undefined> {
  const scanner = new JsonScanner(bytes, opened);
  return new Promise((resolve) => {
    const step = (): void => {
      if (scanner.advance(STEP_BYTES)) resolve(scanner.text);
      else turns.enter(account, step);
    };
    turns.enter(account, step);
  });
}

/**
 * Does work of any length, a step in each turn.
 * @param account as for {@link scanInTurns}
 * @param work gives control back after each step, of a few milliseconds at most
 */
export function workInTurns(account: string, work: Iterator<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const step = (): void => {
      try {
        if (work.next().done === true) resolve();
        else turns.enter(account, step);
      } catch (error) {
        reject(error);
      }
    };
    turns.enter(account, step);
  });
}
