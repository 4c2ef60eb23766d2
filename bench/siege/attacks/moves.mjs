// What an attacker does on a connection that is open. Each ends when the connection is closed: then the next begins.
import { setTimeout as sleep } from 'node:timers/promises';
import { openWebSocket } from '../raw/opening.mjs';

/** The same bytes again and again, as fast as the service takes them. */
export const flood = (bytes) => async (connection) => {
  for (;;) await connection.write(bytes);
};

/** Bytes once, and then nothing. */
export const hold = (bytes) => async (connection) => {
  await connection.write(bytes);
  await connection.closed;
};

/** Bytes once, and then no more of this connection. */
export const once = (bytes) => async (connection) => {
  await connection.write(bytes);
};

/** A head, and then the same few bytes every `ms`. */
export const drip = (head, drop, ms) => async (connection) => {
  await connection.write(head);
  for (;;) {
    await sleep(ms);
    await connection.write(drop);
  }
};

/** The same bytes every `ms`. */
export const every = (ms, bytes) => drip(bytes, bytes, ms);

/** Nothing of what the service sends is read. */
export const unread = (move) => async (connection) => {
  connection.stopReading();
  await move(connection);
};

/** A move behind the handshakes of WebSocket and SIMPLEX. */
export const overWebSocket = (move) => (secret) => async (connection) => {
  await openWebSocket(connection, secret);
  await move(connection);
};

/** A move of plain HTTP; it is given the secret, which is part of each request. */
export const overHttp = (moveOf) => (secret) => moveOf(secret);

/** So many copies of small bytes in one write. */
export const batch = (bytes, count) => Buffer.concat(Array.from({ length: count }, () => bytes));
