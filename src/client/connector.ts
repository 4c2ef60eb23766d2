import { backoffMs } from './backoff.js';
import { NotConnectedError, RefusedError, type JavascriptdError } from './errors.js';
import { Link, type LinkSettings } from './link.js';
import type { Closing, OpenSocket } from './socket.js';
import type { Message } from './wire.js';

export interface ConnectorSettings extends LinkSettings {
  /** Whether to connect again by itself. */
  readonly reconnect: boolean;
}

export interface ConnectorEvents {
  connected(link: Link): void;
  /** @param size characters of its frame */
  received(message: Message, size: number): void;
  /** A link that was connected is gone. */
  lost(closing: Closing): void;
  /** There will be none until {@link Connector.wake}. */
  gaveUp(error: JavascriptdError): void;
}

/** A link that lasted so long was a good one: the next backoff begins anew. */
const GOOD_MS = 1000;
const CLOSE_PATIENCE_MS = 1000;
/** Of HTTP, those of 4xx that mean a later try. */
const TRANSIENT: ReadonlySet<number> = new Set([408, 425, 429]);

/** Keeps a link: connects, and connects again. */
export class Connector {
  readonly #open: OpenSocket;
  readonly #settings: ConnectorSettings;
  readonly #events: ConnectorEvents;
  #link: Link | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failed = 0;
  #onStopped: (() => void) | undefined;
  /** Why the last attempt failed. */
  lastFailure: Closing | undefined;

  constructor(open: OpenSocket, settings: ConnectorSettings, events: ConnectorEvents) {
    this.#open = open;
    this.#settings = settings;
    this.#events = events;
  }

  /** Connects unless it is connected, connecting, or waiting to. */
  wake(): void {
    if (this.#link === undefined && this.#timer === undefined && this.#onStopped === undefined)
      this.#connect();
  }

  /** For good; resolves when the connection is closed. */
  stop(): Promise<void> {
    clearTimeout(this.#timer);
    return new Promise((resolve) => {
      this.#onStopped = resolve;
      if (this.#link === undefined) resolve();
      else this.#link.close(CLOSE_PATIENCE_MS);
    });
  }

  #connect(): void {
    this.#timer = undefined;
    let openedAt: number | undefined;
    const link = new Link(this.#open, this.#settings, {
      opened: () => {
        if (this.#onStopped !== undefined) return;
        openedAt = performance.now();
        this.lastFailure = undefined;
        this.#events.connected(link);
      },
      received: (message, size) => this.#events.received(message, size),
      ended: (closing) => {
        this.#link = undefined;
        this.lastFailure = closing;
        if (this.#onStopped !== undefined) return this.#onStopped();
        if (openedAt !== undefined) {
          if (performance.now() - openedAt > GOOD_MS) this.#failed = 0;
          this.#events.lost(closing);
        }
        this.#goOn(closing, openedAt !== undefined);
      },
    });
    this.#link = link;
  }

  #goOn(closing: Closing, wasOpen: boolean): void {
    const refusal = wasOpen ? undefined : refusalOf(closing);
    if (refusal !== undefined) return this.#events.gaveUp(refusal);
    if (!this.#settings.reconnect) return this.#events.gaveUp(notConnected('no connection', closing));
    this.#timer = setTimeout(() => this.#connect(), backoffMs(this.#failed));
    this.#failed += 1;
  }
}

/** @param closing of the last attempt, to say why */
export function notConnected(what: string, closing: Closing | undefined): NotConnectedError {
  if (closing === undefined) return new NotConnectedError(what);
  const { code, reason, status, cause } = closing;
  const why = [status === undefined ? `${code}` : `HTTP ${status}`, reason].filter((text) => text !== '');
  return new NotConnectedError(`${what} (${why.join(' ')})`, cause === undefined ? undefined : { cause });
}

function refusalOf({ reason, status }: Closing): RefusedError | undefined {
  if (status !== undefined) {
    const isFinal = status >= 300 && status < 500 && !TRANSIENT.has(status);
    return isFinal ? new RefusedError(`refused with HTTP ${status}: ${reason}`, status) : undefined;
  }
  const isFinal = reason.startsWith('-ERR') && !reason.includes('timeout');
  return isFinal ? new RefusedError(`the handshake was refused: ${reason}`) : undefined;
}
