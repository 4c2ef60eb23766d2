// How long from the start of the program to its first answer.
import { ask, connect } from '../load/link.mjs';
import { spread } from '../measure/statistics.mjs';
import { startProgram } from '../rows/server.mjs';
import { scenarioOf } from '../scenarios.mjs';

/** Milliseconds, of several starts: median, least, most. */
export async function startToFirstAnswer(rounds) {
  const times = [];
  for (let round = 0; round < rounds; round++) {
    const begun = performance.now();
    const server = await startProgram({});
    try {
      const socket = await connect(server.url);
      await ask(socket, scenarioOf('trivial').payload);
      times.push(performance.now() - begun);
      socket.terminate();
    } finally {
      await server.stop();
    }
  }
  return spread(times);
}
