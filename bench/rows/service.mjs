// The rows of this service: each isolation level, and scripts that are prepared or reused where it has them.
import { ask, connect } from '../load/link.mjs';
import { prepared, reused } from './prepare.mjs';
import { startProgram } from './server.mjs';
import { expectedTexts, scenarioOf } from '../scenarios.mjs';

const TRIVIAL = scenarioOf('trivial');

/** @throws Error that says why the service cannot do this */
async function tryOut(url, payloadOf) {
  const socket = await connect(url);
  try {
    const reply = JSON.stringify(await ask(socket, await payloadOf(TRIVIAL.payload)));
    const isRight = expectedTexts(TRIVIAL).every((part) => reply.includes(part));
    if (!isRight) throw new Error(`the service has no such thing: ${reply.slice(0, 200)}`);
  } finally {
    socket.terminate();
  }
}

function row(name, { environment = {}, adapt = (_, payload) => payload, shortLived = false }) {
  return {
    name,
    kind: 'ours',
    runs: () => true,
    async start({ packages, timeoutMs }) {
      const server = await startProgram({
        SANDBOX_MODULES_DIR: packages,
        TIMEOUT: `${timeoutMs}`,
        ...environment,
      });
      const payloadOf = (payload) => adapt(server.url, payload);
      try {
        await tryOut(server.url, payloadOf);
      } catch (error) {
        await server.stop();
        throw error;
      }
      return { ...server, payloadOf, shortLived };
    },
  };
}

export const SERVICE_ROWS = [
  row('javascriptd', {}),
  row('javascriptd, level process', {
    environment: { SANDBOX_ISOLATION: 'process' },
    shortLived: true,
  }),
  row('javascriptd, prepared', { adapt: prepared }),
  row('javascriptd, prepared and reused', { adapt: reused }),
];
