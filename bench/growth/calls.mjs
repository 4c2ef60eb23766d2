// Whether memory stays as it is, call after call.
import { line } from '../measure/statistics.mjs';
import { expectedTexts, scenarioOf } from '../scenarios.mjs';
import { memoryOfService } from './memory.mjs';

const TRIVIAL = scenarioOf('trivial');
const SECONDS_OF_SAMPLE = 1;
/** Heaps grow to their working size first. */
const SETTLING_SHARE = 0.25;

/** @returns samples `{ calls, memory }`, while they are made and not after: idle heaps are smaller */
export async function manyCalls(server, load, count, tell) {
  const samples = [];
  for (let calls = 0; calls < count;) {
    const measured = await load.measure({
      ...server,
      payload: JSON.stringify(TRIVIAL.payload),
      expected: expectedTexts(TRIVIAL),
      connections: 64,
      inFlight: 1,
      seconds: SECONDS_OF_SAMPLE,
      warmMs: 0,
      drainMs: 3000,
    });
    if (measured.wrong > 0) throw new Error(`a wrong reply: ${measured.sample}`);
    calls += measured.replies;
    samples.push({ calls, memory: memoryOfService(server.pid) });
    tell(`${calls} calls`);
  }
  return samples;
}

/** Bytes of the gateway's memory for each 100,000 calls, once it has its size, and how far samples are from that line. */
export function slopeOf(samples) {
  const { calls: last } = samples.at(-1);
  const steady = samples.filter(({ calls }) => calls > last * SETTLING_SHARE);
  const points = steady.map(({ calls, memory }) => [calls, memory.gateway.rss]);
  const { slope, intercept } = line(points);
  const noise = Math.max(...points.map(([calls, rss]) => Math.abs(rss - intercept - slope * calls)));
  return { slope: slope * 100_000, noise, samples: points.length };
}
