// Threads or processes that run one script each: some are ready, so that a call need not wait for one to start.
import { Turns } from './turns.mjs';
import { TIMEOUT, died } from './replies.mjs';

/** More at once only take the cores from each other. */
const BUSY = 8;

/**
 * @param open starts one: `{ ready, send(payload), on(event, listener), end() }`
 * @param spares how many are kept ready; none: each call starts its own
 */
export function startSpares({ open, spares, timeoutMs }) {
  const turns = new Turns(BUSY);
  const ready = Array.from({ length: spares }, open);
  const run = (payload) =>
    new Promise((resolve) => {
      const one = ready.shift() ?? open();
      const deadline = setTimeout(() => finish(TIMEOUT), timeoutMs);
      const finish = (body) => {
        clearTimeout(deadline);
        one.end();
        resolve(body);
      };
      one.on('message', finish);
      one.on('error', (error) => finish(died(error)));
      one.on('exit', (code, signal) => finish(died(`exit ${signal ?? code}`)));
      one.send(payload);
      if (ready.length < spares) ready.push(open());
    });
  return { run: (payload, isGone) => turns.take(isGone, () => run(payload)) };
}
