import type { RunnerPipe } from './runner-pipe.js';

/** Longest that a runner which goes on saying things is read, and the pause after which it says no more. */
const MOST_MS = 500;
const QUIET_MS = 50;

/**
 * Lets the loop read what a runner process has written already, then calls `done`. A timer that is late, because the loop
 * stood still, comes before what arrived meanwhile: an answer in it must not be taken for one that never came. Where
 * nothing has arrived this takes one turn. A runner whose pipe was full, or that is within a frame, has a moment to write
 * the rest.
 */
export function readOut(pipe: Pick<RunnerPipe, 'received' | 'pending'>, done: () => void): void {
  const since = performance.now();
  let received = pipe.received;
  let cameAt = pipe.pending === 'nothing' ? -Infinity : since;
  const look = (): void => {
    const now = performance.now();
    if (pipe.received > received || pipe.pending === 'frames') cameAt = now;
    received = pipe.received;
    if (pipe.pending === 'frames' && now - since < MOST_MS) setImmediate(look);
    else if (now - cameAt < QUIET_MS && now - since < MOST_MS) setTimeout(look, 1);
    else done();
  };
  // The pipe is polled before immediates are run.
  setImmediate(look);
}
