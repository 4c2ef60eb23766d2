/** What the transport gives for one client; a WebSocket, or in tests a plain object. Nothing here throws. */
export interface Connection {
  /** Bytes that were sent but are not yet handed to the operating system. */
  readonly bufferedAmount: number;
  /** Bytes received since the connection began: a client that answers pings makes it grow. */
  readonly bytesRead: number;
  /** Sends one text frame, a Buffer as the UTF-8 that it is; `flushed` is called once it left our memory, or never will. */
  send(frame: string | Buffer, flushed: () => void): void;
  /** Starts the closing handshake. The transport itself ends a connection that does not finish it. */
  close(code: number, reason: string): void;
  /** Ends the connection at once. */
  terminate(): void;
  /** Stops reading; frames that were already read may still arrive. */
  pause(): void;
  resume(): void;
  ping(): void;
  /** Answers a ping; `flushed` as with `send`. */
  pong(data: Buffer, flushed: () => void): void;
}
