import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MemoryBudget } from '../memory-budget/index.js';
import type { ProtocolObserver } from './observer.js';

/** Who may connect: the answer of {@link ProtocolOptions.admit}. */
export type Admission =
  | {
      readonly kind: 'admitted';
      /** Kept as the peer's `identity`; the protocol never looks at it. */
      readonly identity?: unknown;
      /** Who pays for the memory and the turns that the connection takes: a tenant. Absent: one account for all who have none. */
      readonly account?: string;
    }
  | {
      readonly kind: 'refused';
      /** HTTP status, sent before the upgrade. */
      readonly status: number;
      /** Sent as the text body. */
      readonly reason: string;
    };

/** The upgrade request that a connection began with. */
export interface Upgrade {
  readonly headers: IncomingHttpHeaders;
  readonly identity: unknown;
  readonly account?: string | undefined;
}

/** Settings of the wire. All sizes are in bytes of UTF-8, all times in milliseconds. */
export interface ProtocolOptions {
  /** Decides about an upgrade request. Absent: everybody is admitted, with no identity. */
  readonly admit?: (request: IncomingMessage) => Admission | Promise<Admission>;
  /** Told what happens on the wire. Absent: nobody. */
  readonly observer?: ProtocolObserver;
  /** Longest frame accepted; a longer one closes its connection with 1009. */
  readonly maxFrameBytes: number;
  /**
   * Largest payload that is parsed for a handler that does not take it as text (see `asText`); a larger one is error 1102. To
   * parse a megabyte may keep every other client waiting for some hundred milliseconds.
   */
  readonly maxParsedBytes: number;
  /** What all connections may keep in memory; an upgrade beyond it is refused with 503, a connection closed with 1013. */
  readonly memory: MemoryBudget;
  /** Longest time that a frame may take to come in whole; then its connection is closed with 1008. */
  readonly frameTimeoutMs: number;
  /** Most pings and pongs of one connection within a second; one more closes it with 1008. */
  readonly maxControlFrames: number;
  /** Requests of one connection in flight at which reading from it pauses. What was already read is still served. */
  readonly maxInFlight: number;
  /** Bytes of the frames of one connection's requests in flight above which reading from it pauses. */
  readonly maxInFlightBytes: number;
  /** Request ids of one connection whose final frame (`more` absent) has not come; one more closes it with 1008. */
  readonly maxOpenStreams: number;
  /** Unsent bytes of one connection above which reading from it pauses. */
  readonly sendBufferBytes: number;
  /** Unsent bytes of one connection above which it is closed with 1013. */
  readonly maxSendBufferBytes: number;
  /** Longest time that a connection may stay above `sendBufferBytes`; then it is closed with 1013. */
  readonly drainTimeoutMs: number;
  /** Longest wait for the greeting; then `-ERR` and close 1002. */
  readonly handshakeTimeoutMs: number;
  /** Every connection is pinged this often, and terminated when nothing at all came in the interval after a ping. */
  readonly pingIntervalMs: number;
  /** A connection that we close is terminated when the client has not closed it, too, after this long. */
  readonly closeTimeoutMs: number;
  /** At shutdown, requests in flight are awaited this long before connections are closed with 1001. */
  readonly shutdownGraceMs: number;
}

const MIB = 1024 * 1024;

export const DEFAULT_PROTOCOL_OPTIONS: ProtocolOptions = {
  maxFrameBytes: 8 * MIB,
  maxParsedBytes: 8 * MIB,
  memory: new MemoryBudget(256 * MIB),
  frameTimeoutMs: 60_000,
  maxControlFrames: 100,
  maxInFlight: 1024,
  maxInFlightBytes: 32 * MIB,
  maxOpenStreams: 256,
  sendBufferBytes: MIB,
  maxSendBufferBytes: 64 * MIB,
  drainTimeoutMs: 30_000,
  handshakeTimeoutMs: 10_000,
  pingIntervalMs: 30_000,
  closeTimeoutMs: 3_000,
  shutdownGraceMs: 5_000,
};
