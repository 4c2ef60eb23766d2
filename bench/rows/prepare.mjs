// Payloads of a script that the service was given beforehand.
import { ask, connect } from '../load/link.mjs';

/** Gives the script to the service once; what stays of the payload names it. */
export async function prepared(url, { code, ...rest }) {
  const socket = await connect(url);
  try {
    const { payload, error } = await ask(socket, { code }, 'runtime.prepare');
    if (error !== undefined) throw new Error(`runtime.prepare: ${error.message}`);
    return { ...rest, script: payload.script };
  } finally {
    socket.terminate();
  }
}

/** The same in a context that is kept. */
export async function reused(url, payload) {
  return { ...(await prepared(url, payload)), options: { reuse: true } };
}
