import type { RunnerPipe } from './runner-pipe.js';

/** Max time for which a runner that goes on writing is read, and the pause after which it has nothing more to write. */
const MAX_MS = 500;
const QUIET_MS = 50;

/**
 * Lets the event loop read what a runner process has written already, then calls `done`. After a stall of the event loop, timers
 * fire before data that arrived meanwhile is read: an answer in that data must not count as one that never came. When nothing
 * has arrived this takes one turn. A runner whose pipe was full, or that is within a frame, has a moment to write the rest.
 */
export function readOut(pipe: Pick<RunnerPipe, 'received' | 'pending'>, done: () => void): void {
  const since = performance.now();
  let received = pipe.received;
  let cameAt = pipe.pending === 'nothing' ? -Infinity : since;
  const look = (): void => {
    const now = performance.now();
    if (pipe.received > received || pipe.pending === 'frames') cameAt = now;
    received = pipe.received;
    if (pipe.pending === 'frames' && now - since < MAX_MS) setImmediate(look);
    else if (now - cameAt < QUIET_MS && now - since < MAX_MS) setTimeout(look, 1);
    else done();
  };
  // The pipe is polled before immediates run.
  setImmediate(look);
}
