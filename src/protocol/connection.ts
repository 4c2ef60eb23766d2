/** The transport of one client: a WebSocket, or a plain object in tests. No method throws. */
export interface Connection {
  /** Bytes that were sent but not yet handed to the operating system. */
  readonly bufferedAmount: number;
  /** Bytes received so far. It grows while the client answers pings. */
  readonly bytesRead: number;
  /** Sends one text frame; a Buffer is UTF-8. `flushed` is called once it has left our memory, or never will. */
  send(frame: string | Buffer, flushed: () => void): void;
  /** Starts the closing handshake. The transport terminates a connection that does not finish it. */
  close(code: number, reason: string): void;
  /** Closes the connection at once. */
  terminate(): void;
  /** Stops reading. Frames that were already read may still arrive. */
  pause(): void;
  resume(): void;
  ping(): void;
  /** Answers a ping; `flushed` as with `send`. */
  pong(data: Buffer, flushed: () => void): void;
}
