// The machine's limit: contexts of `node:vm` in a loop, with no server and no boundary, in a process for each core.
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';

const LOOP = fileURLToPath(new URL('./bare-loop.mjs', import.meta.url));

/** One process where one call is in flight, else all of them. */
async function measure(loops, { scenario, shape, seconds }) {
  const used = shape.connections * shape.inFlight === 1 ? loops.slice(0, 1) : loops;
  for (const loop of used) loop.send({ payload: scenario.payload, answer: scenario.answer.value, seconds });
  const results = await Promise.all(used.map((loop) => once(loop, 'message')));
  const sum = (of) => results.reduce((total, [result]) => total + of(result), 0);
  return {
    rate: sum(({ rate }) => rate),
    p50: sum(({ p50 }) => p50) / results.length,
    p99: sum(({ p99 }) => p99) / results.length,
    cpuMs: sum(({ cpuMs }) => cpuMs) / results.length,
    wrong: sum(({ wrong }) => wrong),
  };
}

export const BARE_ROW = {
  name: 'bare createContext, all cores',
  kind: 'limit',
  runs: ({ plain }, { pauseMs }) => plain === true && pauseMs === undefined,
  /** @param node the Node that makes the contexts */
  start({ node = process.execPath } = {}) {
    const loops = Array.from({ length: availableParallelism() }, () => fork(LOOP, { execPath: node }));
    return {
      measure: (order) => measure(loops, order),
      stop: () => {
        for (const loop of loops) loop.disconnect();
      },
    };
  },
};
