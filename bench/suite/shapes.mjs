// How calls come: over how many connections, and how many are in flight on each.
import { availableParallelism } from 'node:os';

const serial = (connections) => ({ name: `${connections}`, connections, inFlight: 1 });
const pipelined = (connections, inFlight) => ({
  name: `${connections} x ${inFlight}`,
  connections,
  inFlight,
});

export const SERIAL = serial(1);
export const MANY = serial(64);

/** So many calls a second for each core leave a fresh context a call some room. */
const RATE_BELOW = 400;

/** Each connection waits before its next call. */
const paced = (connections, pauseMs) => ({
  name: `${connections} paced`,
  connections,
  inFlight: 1,
  pauseMs,
});

/** Far below what the cores can do: what a call takes when it need not wait for others. */
export const BELOW = paced(64, (64 * 1000) / (RATE_BELOW * availableParallelism()));

/** So slow that a process for each call is always there: what it takes then. */
export const SPARED = { ...paced(1, 150), kinds: ['ours'] };

const ALL = [
  SERIAL,
  serial(8),
  MANY,
  serial(512),
  pipelined(1, 8),
  pipelined(8, 8),
  pipelined(64, 8),
  // As many as the service's line takes: with more it would answer, rightly, that it is busy.
  pipelined(512, 2),
  BELOW,
  SPARED,
];

/** All shapes for the trivial script; for others those that tell something of them, to keep the run short. */
export function shapesOf(scenario, quick) {
  if (quick) return [SERIAL, MANY];
  if (scenario.name === 'trivial') return ALL;
  return scenario.waits ? [SERIAL, MANY, serial(512)] : [SERIAL, MANY];
}
