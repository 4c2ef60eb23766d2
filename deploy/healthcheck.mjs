/**
 * The image's HEALTHCHECK: whether the service takes up a conversation. Exits 0 when it shakes hands, or when it asks
 * for the secret, which this program does not have: either way its event loop turns and its door answers. It runs no
 * script: a service that is busy is not ill.
 */
import { WebSocket } from 'ws';

/** Less than HEALTHCHECK's own timeout, so that the reason is told. */
const TIMEOUT_MS = 4000;

const OK = Buffer.from('+OK');
const port = process.env.PORT || '8765';
const socket = new WebSocket(`ws://127.0.0.1:${port}`, { handshakeTimeout: TIMEOUT_MS });

function end(code, reason) {
  console.log(reason);
  process.exit(code);
}

setTimeout(() => end(1, 'no answer to the handshake'), TIMEOUT_MS);
socket
  .on('open', () => socket.send('SIMPLEX/1.0;json'))
  .on('message', (/** @type {Buffer} */ frame) => end(frame.equals(OK) ? 0 : 1, frame.toString()))
  .on('unexpected-response', (_, { statusCode }) => end(statusCode === 401 ? 0 : 1, `HTTP ${statusCode}`))
  .on('close', (code) => end(1, `closed with ${code}`))
  .on('error', ({ message, code }) => end(1, message || code));
