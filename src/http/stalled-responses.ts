import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** Checks per timeout. */
const CHECKS = 4;

interface WatchedConnection {
  /** Responses that are not complete yet. */
  open: number;
  /** Bytes that the kernel had accepted at the last check. */
  sent: number;
  /** Consecutive checks without progress, although bytes were unsent. */
  stalledChecks: number;
}

/**
 * Closes connections whose clients do not read their responses (slow-read attacks). Long responses are written in
 * chunks, so a slow client still shows progress.
 */
export class StalledResponses {
  readonly #connections = new Map<Socket, WatchedConnection>();
  readonly #timer: NodeJS.Timeout;

  /** @param timeoutMs after which a response without any progress is dropped */
  constructor(timeoutMs: number) {
    this.#timer = setInterval(() => this.#check(), Math.ceil(timeoutMs / CHECKS)).unref();
  }

  watch(response: ServerResponse, socket: Socket): void {
    const connection = this.#connectionOf(socket);
    connection.open += 1;
    // Not emitted if the connection ends while this response waits behind another one (pipelining).
    response.once('close', () => {
      connection.open -= 1;
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Counts checks instead of milliseconds: clients must not be blamed for a stall of this process. */
  #check(): void {
    for (const [socket, connection] of this.#connections) {
      const unsent = socket.writableLength;
      const sent = socket.bytesWritten - unsent;
      const isStalled = connection.open > 0 && unsent > 0 && sent === connection.sent;
      connection.stalledChecks = isStalled ? connection.stalledChecks + 1 : 0;
      connection.sent = sent;
      if (connection.stalledChecks >= CHECKS) socket.destroy();
    }
  }

  #connectionOf(socket: Socket): WatchedConnection {
    let connection = this.#connections.get(socket);
    if (connection === undefined) {
      connection = { open: 0, sent: 0, stalledChecks: 0 };
      this.#connections.set(socket, connection);
      socket.once('close', () => this.#connections.delete(socket));
    }
    return connection;
  }
}
