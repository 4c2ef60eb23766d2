/** A request that has its final reply. */
export interface Settlement {
  /** As the client sent it, so any text at all unless it is `served`. */
  readonly method: string;
  /** Whether there is a handler of that name. */
  readonly served: boolean;
  /** The error's code; `undefined` for a result. */
  readonly code: number | undefined;
  /** Length of the request's frame, in bytes. */
  readonly requestBytes: number;
  /** Length of all frames of the reply; 0 when nobody was there to read one, or nobody had asked for one. */
  readonly replyBytes: number;
  /** When the request's frame was there, and when its final reply was handed to the socket; of `performance.now()`. */
  readonly receivedAt: number;
  readonly answeredAt: number;
}

/**
 * Told what happens on the wire, as it happens and while others wait: an observer counts and returns, and never
 * throws. It is told sizes, codes and times, and nothing that a client wrote but the name of a method.
 */
export interface ProtocolObserver {
  /** An upgrade request was let in; {@link closed} follows once. */
  opened(): void;
  /** @param code of the closing frame, which may be the client's own; 1006 for none */
  closed(code: number): void;
  /** @param status HTTP status with which an upgrade request was refused */
  refused(status: number): void;
  /** @param bytes of one frame of a client, handshakes included */
  received(bytes: number): void;
  /** @param bytes of one frame to a client, handshakes included */
  sent(bytes: number): void;
  settled(settlement: Settlement): void;
}
