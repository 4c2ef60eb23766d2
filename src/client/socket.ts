/** Why a connection closed, or why it could not be opened. */
export interface CloseInfo {
  /** WebSocket close code; 1006 if the connection broke without a closing handshake. */
  readonly code: number;
  readonly reason: string;
  /** HTTP status of a refused upgrade, if the platform exposes it. */
  readonly status?: number;
  readonly cause?: unknown;
}

/** Events of a socket. None follows `closed`. */
export interface SocketEvents {
  opened(): void;
  /** A text frame arrived. */
  received(frame: string): void;
  /** Other bytes arrived, so the connection is alive. */
  alive(): void;
  closed(info: CloseInfo): void;
}

/** A WebSocket, in a browser or in Node. Its methods never throw; {@link OpenSocket} may. */
export interface Socket {
  send(frame: string): void;
  /** Sends a heartbeat; the peer's answer shows that the connection is alive. */
  ping(): void;
  /** Stops reading, so that the peer has to stop writing. Absent if the platform cannot. */
  readonly pause?: () => void;
  readonly resume?: () => void;
  /** Starts the closing handshake. */
  close(): void;
  /** Closes the connection without a handshake, as far as the platform can. */
  terminate(): void;
}

export type OpenSocket = (events: SocketEvents) => Socket;
