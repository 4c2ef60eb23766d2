import { Connection, type ConnectionSettings } from './connection.js';
import { NotConnectedError, RefusedError, type JavascriptdError } from './errors.js';
import { backoffMs } from './retry.js';
import type { CloseInfo, OpenSocket } from './socket.js';
import type { Message } from './wire.js';

export interface ConnectorSettings extends ConnectionSettings {
  /** Whether to reconnect automatically. */
  readonly reconnect: boolean;
}

export interface ConnectorEvents {
  connected(connection: Connection): void;
  /** @param size characters of the message's frame */
  received(message: Message, size: number): void;
  /** An open connection was lost. */
  lost(info: CloseInfo): void;
  /** No further attempt is made until {@link Connector.ensureConnecting}. */
  gaveUp(error: JavascriptdError): void;
}

/** A connection that was open for longer resets the backoff. */
const STABLE_AFTER_MS = 1000;
const CLOSE_TIMEOUT_MS = 1000;
/** 4xx statuses after which a later attempt may succeed. */
const TRANSIENT_STATUSES: ReadonlySet<number> = new Set([408, 425, 429]);

/** Opens a connection, and reconnects with backoff when it is lost. */
export class Connector {
  readonly #open: OpenSocket;
  readonly #settings: ConnectorSettings;
  readonly #events: ConnectorEvents;
  #connection: Connection | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failedAttempts = 0;
  #onStopped: (() => void) | undefined;
  /** Why the last attempt failed. */
  lastFailure: CloseInfo | undefined;

  constructor(open: OpenSocket, settings: ConnectorSettings, events: ConnectorEvents) {
    this.#open = open;
    this.#settings = settings;
    this.#events = events;
  }

  /** Connects, unless it is connected, is connecting, or waits for its next attempt. */
  ensureConnecting(): void {
    if (this.#connection === undefined && this.#timer === undefined && this.#onStopped === undefined)
      this.#connect();
  }

  /** Stops for good. Resolves when the connection is closed. */
  stop(): Promise<void> {
    clearTimeout(this.#timer);
    return new Promise((resolve) => {
      this.#onStopped = resolve;
      if (this.#connection === undefined) resolve();
      else this.#connection.close(CLOSE_TIMEOUT_MS);
    });
  }

  #connect(): void {
    this.#timer = undefined;
    let openedAt: number | undefined;
    const connection = new Connection(this.#open, this.#settings, {
      opened: () => {
        if (this.#onStopped !== undefined) return;
        openedAt = performance.now();
        this.lastFailure = undefined;
        this.#events.connected(connection);
      },
      received: (message, size) => this.#events.received(message, size),
      ended: (info) => {
        this.#connection = undefined;
        this.lastFailure = info;
        if (this.#onStopped !== undefined) return this.#onStopped();
        if (openedAt !== undefined) {
          if (performance.now() - openedAt > STABLE_AFTER_MS) this.#failedAttempts = 0;
          this.#events.lost(info);
        }
        this.#reconnectLater(info, openedAt !== undefined);
      },
    });
    this.#connection = connection;
  }

  #reconnectLater(info: CloseInfo, wasOpen: boolean): void {
    const refusal = wasOpen ? undefined : refusalOf(info);
    if (refusal !== undefined) return this.#events.gaveUp(refusal);
    if (!this.#settings.reconnect) return this.#events.gaveUp(notConnected('no connection', info));
    this.#timer = setTimeout(() => this.#connect(), backoffMs(this.#failedAttempts));
    this.#failedAttempts += 1;
  }
}

/** @param lastFailure of the last connection attempt; its reason becomes part of the message */
export function notConnected(what: string, lastFailure: CloseInfo | undefined): NotConnectedError {
  if (lastFailure === undefined) return new NotConnectedError(what);
  const { code, reason, status, cause } = lastFailure;
  const why = [status === undefined ? `${code}` : `HTTP ${status}`, reason].filter((text) => text !== '');
  return new NotConnectedError(`${what} (${why.join(' ')})`, cause === undefined ? undefined : { cause });
}

function refusalOf({ reason, status }: CloseInfo): RefusedError | undefined {
  if (status !== undefined) {
    const isFinal = status >= 300 && status < 500 && !TRANSIENT_STATUSES.has(status);
    return isFinal ? new RefusedError(`refused with HTTP ${status}: ${reason}`, status) : undefined;
  }
  const isFinal = reason.startsWith('-ERR') && !reason.includes('timeout');
  return isFinal ? new RefusedError(`the service refused the handshake: ${reason}`) : undefined;
}
