import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { MemoryBudget } from '../memory-budget/index.js';
import type { ProtocolObserver } from './observer.js';

/** The decision of {@link ProtocolOptions.admit} about a connection. */
export type Admission =
  | {
      readonly kind: 'admitted';
      /** Kept as the peer's `identity`; opaque to the protocol. */
      readonly identity?: unknown;
      /** The account (a tenant) for memory and fair scheduling. Absent: one account shared by all connections without one. */
      readonly account?: string;
    }
  | {
      readonly kind: 'refused';
      /** HTTP status, sent before the upgrade. */
      readonly status: number;
      /** Sent as the text body. */
      readonly reason: string;
    };

/** The upgrade request of a connection. */
export interface Upgrade {
  readonly headers: IncomingHttpHeaders;
  readonly identity: unknown;
  readonly account?: string | undefined;
}

/** Options of the protocol. All sizes are in bytes of UTF-8, all times in milliseconds. */
export interface ProtocolOptions {
  /** Decides about an upgrade request. Absent: every client is admitted, without an identity. */
  readonly admit?: (request: IncomingMessage) => Admission | Promise<Admission>;
  /** Observes connections, frames and requests. */
  readonly observer?: ProtocolObserver;
  /** Maximum size of a frame; a larger frame closes its connection with 1009. */
  readonly maxFrameBytes: number;
  /**
   * Maximum payload that is parsed for a handler that does not take it as text (see `asText`); a larger payload is error
   * 1102. Parsing a megabyte may block every other client for some hundred milliseconds.
   */
  readonly maxParsedBytes: number;
  /** Memory budget of all connections; beyond it, an upgrade is refused with 503 and a connection is closed with 1013. */
  readonly memory: MemoryBudget;
  /** Maximum time to receive a whole frame; then its connection is closed with 1008. */
  readonly frameTimeoutMs: number;
  /** Maximum pings and pongs of one connection per second; one more closes it with 1008. */
  readonly maxControlFrames: number;
  /** Requests of one connection in flight at which reading from it pauses. Frames that were already read are still handled. */
  readonly maxInFlight: number;
  /** Bytes of request frames of one connection in flight above which reading from it pauses. */
  readonly maxInFlightBytes: number;
  /** Maximum unfinished requests of one connection (no frame without `more` yet); one more closes it with 1008. */
  readonly maxOpenStreams: number;
  /** Unsent bytes of one connection above which reading from it pauses. */
  readonly sendBufferBytes: number;
  /** Unsent bytes of one connection above which it is closed with 1013. */
  readonly maxSendBufferBytes: number;
  /** Maximum time above `sendBufferBytes`; then the connection is closed with 1013. */
  readonly drainTimeoutMs: number;
  /** Maximum wait for the greeting; then `-ERR` and close 1002. */
  readonly handshakeTimeoutMs: number;
  /** Heartbeat interval. A connection is terminated if nothing arrives in the interval after a ping. */
  readonly pingIntervalMs: number;
  /** Maximum wait for the client's closing frame; then the connection is terminated. */
  readonly closeTimeoutMs: number;
  /** Grace period for requests in flight at shutdown, before connections are closed with 1001. */
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
