import { readSync } from 'node:fs';
import { setImmediate, setTimeout } from 'node:timers';
import { type Frame, FrameReader } from '../../boundary/frames.js';
import { type Take, listenOnSocket } from '../loop/listen.js';
import { TO_RUNNER } from '../../boundary/messages.js';
import { PIPE, READ_BYTES, exit } from '../loop/pipe.js';
import { builtin } from './builtin.js';

/** So long after its answer a process has been ended, unless its gateway is gone. */
const ANSWERED_MS = 100;

/**
 * Waits in the read itself for the only execution: Node's sockets, which take longer to load than everything else here,
 * are then loaded for scripts only that wait for something.
 */
export function listenAtRest(take: Take): void {
  const reader = new FrameReader(Number.MAX_SAFE_INTEGER);
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  const listen = (): void => listenOnSocket(take, builtin('node:net').Socket);
  let execution: Frame | undefined;
  const begin = (script: Frame): void => {
    if (take(script)) listen();
    else setTimeout(listen, ANSWERED_MS);
  };
  const hear = (frame: Frame): void => {
    if (frame.kind !== TO_RUNNER.execute) return void take(frame);
    execution = frame;
  };
  const rest = (): void => {
    for (;;) {
      const length = readSync(PIPE, buffer);
      if (length === 0) exit(0);
      reader.push(buffer.subarray(0, length), hear);
      // In the next turn Node looks at the clock again, from which the timers of the script count.
      if (execution !== undefined) return void setImmediate(begin, execution);
    }
  };
  setImmediate(rest);
}
