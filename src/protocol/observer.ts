/** A request with its final reply. */
export interface Settlement {
  /** As sent by the client: any text, unless `served`. */
  readonly method: string;
  /** Whether the method has a handler. */
  readonly served: boolean;
  /** Error code; `undefined` for a result. */
  readonly code: number | undefined;
  /** Size of the request frame, in bytes. */
  readonly requestBytes: number;
  /** Size of all reply frames, in bytes; 0 for a notification or a closed connection. */
  readonly replyBytes: number;
  /** When the request frame arrived, and when its final reply was handed to the socket, from `performance.now()`. */
  readonly receivedAt: number;
  readonly answeredAt: number;
}

/**
 * Observes connections, frames and requests. It is called synchronously, so it must return at once and never throw. It gets
 * sizes, codes and times, and no text of a client except method names.
 */
export interface ProtocolObserver {
  /** A connection was accepted; {@link closed} follows once. */
  opened(): void;
  /** @param code close code, which the client may have chosen; 1006 without a close frame */
  closed(code: number): void;
  /** @param status HTTP status of a refused upgrade request */
  refused(status: number): void;
  /** @param bytes size of one frame from a client, including handshakes */
  received(bytes: number): void;
  /** @param bytes size of one frame to a client, including handshakes */
  sent(bytes: number): void;
  settled(settlement: Settlement): void;
}
