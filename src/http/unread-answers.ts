import type { ServerResponse } from 'node:http';
import type { Socket } from 'node:net';

/** How often progress is looked at in one timeout. */
const LOOKS = 4;

interface Connection {
  /** Answers that are not with the client yet. */
  open: number;
  /** Bytes that the system took, at the last look. */
  sent: number;
  /** Looks in a row at which nothing more was sent, though there was more. */
  stalled: number;
}

/**
 * Ends the connections whose clients do not read their answers. Long answers are written in slices, so a client that
 * reads slowly is seen to read.
 */
export class UnreadAnswers {
  readonly #connections = new Map<Socket, Connection>();
  readonly #timer: NodeJS.Timeout;

  /** @param timeoutMs after which an answer is dropped of which the client takes nothing */
  constructor(timeoutMs: number) {
    this.#timer = setInterval(() => this.#look(), Math.ceil(timeoutMs / LOOKS)).unref();
  }

  watch(response: ServerResponse, socket: Socket): void {
    const connection = this.#connectionOf(socket);
    connection.open += 1;
    // Does not come for an answer that waits behind another one when the connection ends.
    response.once('close', () => {
      connection.open -= 1;
    });
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  /** Counts looks, not milliseconds: when the process itself stood still, no client is to blame. */
  #look(): void {
    for (const [socket, connection] of this.#connections) {
      const unsent = socket.writableLength;
      const sent = socket.bytesWritten - unsent;
      const isStalled = connection.open > 0 && unsent > 0 && sent === connection.sent;
      connection.stalled = isStalled ? connection.stalled + 1 : 0;
      connection.sent = sent;
      if (connection.stalled >= LOOKS) socket.destroy();
    }
  }

  #connectionOf(socket: Socket): Connection {
    let connection = this.#connections.get(socket);
    if (connection === undefined) {
      connection = { open: 0, sent: 0, stalled: 0 };
      this.#connections.set(socket, connection);
      socket.once('close', () => this.#connections.delete(socket));
    }
    return connection;
  }
}
