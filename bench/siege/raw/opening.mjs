// The bytes with which an attacker begins.
import { frame } from './frame.mjs';

const secretLine = (secret) => (secret === undefined ? '' : `x-runtime-secret: ${secret}\r\n`);

/** An upgrade request. */
export const upgradeOf = (secret) =>
  `GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n` +
  `Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n${secretLine(secret)}\r\n`;

/**
 * Shakes hands, so that frames may follow.
 * @throws Error when the service refuses
 */
export async function openWebSocket(connection, secret) {
  let head = '';
  const answered = new Promise((resolve) => {
    connection.onData((chunk) => {
      head += chunk.toString('latin1');
      if (head.includes('\r\n\r\n')) resolve();
    });
  });
  await connection.write(upgradeOf(secret));
  await Promise.race([answered, connection.closed]);
  connection.onData(() => undefined);
  if (!head.startsWith('HTTP/1.1 101')) throw new Error('refused');
  await connection.write(frame('SIMPLEX/1.0;json'));
}

/** The head of an HTTP request with a JSON body of `length` bytes. */
export const headOf = (method, path, { secret, length, accept }) =>
  `${method} ${path} HTTP/1.1\r\nHost: 127.0.0.1\r\n${secretLine(secret)}` +
  (accept === undefined ? '' : `Accept: ${accept}\r\n`) +
  (length === undefined ? '' : `Content-Type: application/json\r\nContent-Length: ${length}\r\n`) +
  '\r\n';

/** A whole HTTP request with a body of JSON text. */
export function requestOf(method, path, body, { secret, accept } = {}) {
  const bytes = Buffer.from(body);
  return Buffer.concat([Buffer.from(headOf(method, path, { secret, accept, length: bytes.length })), bytes]);
}
