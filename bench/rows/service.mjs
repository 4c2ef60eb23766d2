// The rows of this service: each isolation level, and scripts that are prepared or reused where it has them.
import { ask, connect } from '../load/link.mjs';
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

/** Gives the script to the service once; what stays of the payload names it. */
async function prepared(url, { code, ...rest }) {
  const socket = await connect(url);
  try {
    const { payload, error } = await ask(socket, { code }, 'runtime.prepare');
    if (error !== undefined) throw new Error(`runtime.prepare: ${error.message}`);
    return { ...rest, script: payload.script ?? payload.id ?? payload };
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

const reuse = (payload) => ({ ...payload, options: { reuse: true } });

export const SERVICE_ROWS = [
  row('javascriptd', {}),
  row('javascriptd, level process', {
    environment: { SANDBOX_ISOLATION: 'process' },
    shortLived: true,
  }),
  row('javascriptd, prepared', { adapt: prepared }),
  row('javascriptd, prepared and reused', { adapt: async (...args) => reuse(await prepared(...args)) }),
];
