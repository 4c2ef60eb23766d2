import type { RunnerPipe } from './runner-pipe.js';

/** Turns of the loop after which a runner that goes on saying things is read no more. */
const MOST_TURNS = 128;
/** Longest wait for the rest of a frame whose beginning was there. */
const PART_MS = 100;

/**
 * Lets the loop read what a runner process has written already, then calls `done`. A timer that is late, because the loop
 * stood still, comes before what arrived meanwhile: an answer in it must not be taken for one that never came. Ends when a
 * turn brings nothing, and after a bounded number of turns whatever the runner does.
 */
export function readOut(pipe: Pick<RunnerPipe, 'received' | 'pending'>, done: () => void): void {
  const since = performance.now();
  let received = pipe.received;
  let turns = 0;
  const look = (): void => {
    turns += 1;
    const more = pipe.received > received || pipe.pending === 'frames';
    received = pipe.received;
    if (turns < MOST_TURNS && more) setImmediate(look);
    else if (pipe.pending === 'part' && performance.now() - since < PART_MS) setTimeout(look, 1);
    else done();
  };
  // The pipe is polled before immediates are run.
  setImmediate(look);
}
