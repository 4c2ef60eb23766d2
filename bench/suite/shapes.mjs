// How calls come: over how many connections, and how many are in flight on each.

const serial = (connections) => ({ name: `${connections}`, connections, inFlight: 1 });
const pipelined = (connections, inFlight) => ({
  name: `${connections} x ${inFlight}`,
  connections,
  inFlight,
});

export const SERIAL = serial(1);
export const MANY = serial(64);

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
];

/** All shapes for the trivial script; for others those that tell something of them, to keep the run short. */
export function shapesOf(scenario, quick) {
  if (quick) return [SERIAL, MANY];
  if (scenario.name === 'trivial') return ALL;
  return scenario.waits ? [SERIAL, MANY, serial(512)] : [SERIAL, MANY];
}
