/** How a connection ended, or why there was none. */
export interface Closing {
  /** Close code of the WebSocket; 1006 when it broke without one. */
  readonly code: number;
  readonly reason: string;
  /** HTTP status of a refused upgrade, where the platform tells it. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** What a socket tells. Nothing is told after `closed`. */
export interface SocketEvents {
  opened(): void;
  /** A text frame. */
  received(frame: string): void;
  /** A sign of life that is no frame. */
  heard(): void;
  closed(closing: Closing): void;
}

/** One WebSocket, of a browser or of Node. Nothing of it throws; opening one may. */
export interface Socket {
  send(frame: string): void;
  /** Asks for a sign of life. */
  ping(): void;
  /** Stops reading, and with it the other side's writing. Absent where the platform cannot. */
  readonly pause?: () => void;
  readonly resume?: () => void;
  /** Starts the closing handshake. */
  close(): void;
  /** Ends it at once, as far as the platform can. */
  drop(): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;
