// The attacker, a process of its own. It makes the bytes first, says that it is ready, and begins when it is told to.
// A connection that the service closes is followed by another one, until the parent ends this process.
import { setTimeout as sleep } from 'node:timers/promises';
import { attackOf } from './attacks/index.mjs';
import { Connection } from './raw/connection.mjs';

/** Between a connection that was closed and the next; some attacks are reconnects, and have none. */
const REST_MS = 10;
const TELL_MS = 200;
/** The control computes in slices, so that it still hears its parent. */
const SLICE_MS = 20;

const tally = { bytes: 0, received: 0, connections: 0, sample: undefined, fault: undefined, open: new Set() };

function tellTally() {
  for (const connection of tally.open) connection.count();
  const { open: _, sample, ...counts } = tally;
  process.send({ kind: 'tally', tally: { ...counts, sample: sample?.toString('latin1', 0, 200) } });
}

async function lane(port, move, restMs) {
  for (;;) {
    const connection = await Connection.dial(port, tally);
    if (connection !== undefined) {
      tally.connections += 1;
      // It was closed or refused; what for is in the sample.
      await move(connection).catch(() => undefined);
      connection.destroy();
    }
    await sleep(connection === undefined ? REST_MS : restMs);
  }
}

function compute() {
  const until = performance.now() + SLICE_MS;
  while (performance.now() < until);
  setImmediate(compute);
}

function begin(attack, move, port) {
  if (attack.connections === 0) compute();
  for (let i = 0; i < attack.connections; i++) void lane(port, move, attack.restMs ?? REST_MS);
  setInterval(tellTally, TELL_MS);
}

let armed;
process.on('message', (message) => {
  if (message.kind === 'begin') return begin(armed.attack, armed.move, message.port);
  const { name, secret, hosts } = message;
  const attack = attackOf(name);
  armed = { attack, move: attack.moveOf({ hosts })?.(secret) };
  process.send({ kind: 'ready' });
});
process.on('disconnect', () => process.exit(0));
