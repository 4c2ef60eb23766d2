// The machine's limit for a process for each call: Node processes that end at once, as many at a time as there are cores.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';
import { quantile } from '../measure/statistics.mjs';

async function spawnUntil(end, times) {
  while (performance.now() < end) {
    const begun = performance.now();
    await once(spawn(process.execPath, ['--eval', '0'], { env: {}, stdio: 'ignore' }), 'exit');
    times.push(performance.now() - begun);
  }
}

async function measure({ shape, seconds }) {
  const times = [];
  const begun = performance.now();
  const lines = shape.connections * shape.inFlight === 1 ? 1 : availableParallelism();
  await Promise.all(Array.from({ length: lines }, () => spawnUntil(begun + seconds * 1000, times)));
  const rate = (times.length * 1000) / (performance.now() - begun);
  return { rate, p50: quantile(times, 0.5), p99: quantile(times, 0.99), wrong: 0 };
}

export const SPAWN_ROW = {
  name: 'bare Node process, all cores',
  kind: 'limit',
  runs: ({ name }, { pauseMs }) => name === 'trivial' && pauseMs === undefined,
  start: () => ({ measure, stop() {} }),
};
