import type { CloseInfo, OpenSocket, Socket } from './socket.js';
import { timerMs } from './timer.js';
import { decode, HANDSHAKE, type Message } from './wire.js';

export interface ConnectionSettings {
  /** Milliseconds from the connection attempt to the end of the handshake. */
  readonly connectTimeout: number;
  /**
   * Milliseconds of silence before a ping; after the same time without an answer the connection is dead. 0 turns the
   * heartbeat off.
   */
  readonly heartbeat: number;
}

/** `opened` is called at most once. `ended` is called exactly once, and it is the last event. */
export interface ConnectionEvents {
  opened(): void;
  /** @param size characters of the message's frame */
  received(message: Message, size: number): void;
  ended(info: CloseInfo): void;
}

/** A service closes a connection on which nothing arrives for 30 s after its ping. */
const KEEP_ALIVE_INTERVAL_MS = 5000;

/** One connection, from its handshake to its close. */
export class Connection {
  readonly #socket: Socket | undefined;
  readonly #events: ConnectionEvents;
  readonly #settings: ConnectionSettings;
  #state: 'connecting' | 'handshake' | 'open' | 'ended' = 'connecting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Whether nothing arrived since the last heartbeat ping. */
  #isSilent = false;
  #paused = false;
  #keepAliveAt = -KEEP_ALIVE_INTERVAL_MS;

  constructor(open: OpenSocket, settings: ConnectionSettings, events: ConnectionEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#timer = setTimeout(() => this.#terminate('connect timeout'), timerMs(settings.connectTimeout));
    try {
      this.#socket = open({
        opened: () => this.#sendHandshake(),
        received: (frame) => this.#receive(frame),
        alive: () => (this.#isSilent = false),
        closed: (info) => this.#end(info),
      });
    } catch (cause) {
      // `createConnection` threw, or a page must not open this URL. The event is deferred until the constructor has
      // returned.
      queueMicrotask(() => this.#end({ code: 1006, reason: messageOf(cause), cause }));
    }
  }

  /** Sends a frame if the connection is open. */
  send(frame: string): void {
    if (this.#state === 'open') this.#socket?.send(frame);
  }

  /** Stops reading. @returns false if the platform cannot */
  pause(): boolean {
    if (this.#socket?.pause === undefined) return false;
    this.#paused = true;
    this.#socket.pause();
    this.#sendKeepAlive();
    return true;
  }

  resume(): void {
    this.#paused = false;
    this.#isSilent = false;
    this.#socket?.resume?.();
    this.#sendKeepAlive();
  }

  /** Closes the connection. `ended` follows when the peer has closed it too, or after the timeout. */
  close(timeoutMs: number): void {
    if (this.#state === 'ended') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#terminate('closed'), timeoutMs);
    this.#socket?.close();
  }

  #sendHandshake(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'handshake';
    this.#socket?.send(HANDSHAKE);
  }

  #receive(frame: string): void {
    this.#isSilent = false;
    if (this.#state === 'handshake') {
      // A refusal is repeated as the close reason.
      if (!frame.startsWith('+')) return;
      this.#state = 'open';
      clearTimeout(this.#timer);
      this.#scheduleHeartbeat();
      this.#events.opened();
    } else if (this.#state === 'open' && frame !== '') {
      const message = decode(frame);
      if (message === undefined) this.#terminate('malformed message from the service');
      else this.#events.received(message, frame.length);
    }
  }

  /**
   * While the connection is paused, the service's pings wait unread, so it gets no pong. A ping from this side
   * replaces it.
   */
  #sendKeepAlive(): void {
    const now = performance.now();
    if (this.#state !== 'open' || now - this.#keepAliveAt < KEEP_ALIVE_INTERVAL_MS) return;
    this.#keepAliveAt = now;
    this.#socket?.ping();
  }

  /** A paused connection reads nothing, so its silence does not count. */
  #scheduleHeartbeat(): void {
    const { heartbeat } = this.#settings;
    if (heartbeat === 0) return;
    this.#timer = setTimeout(() => {
      if (this.#paused) this.#isSilent = false;
      if (this.#isSilent) return this.#confirmSilence();
      this.#isSilent = true;
      this.#socket?.ping();
      this.#scheduleHeartbeat();
    }, timerMs(heartbeat));
  }

  /**
   * After a stall of this process, timers run before I/O. Bytes that wait in the socket are read before the connection
   * counts as dead.
   */
  #confirmSilence(): void {
    this.#timer = setTimeout(() => {
      if (this.#isSilent) this.#terminate('heartbeat timeout');
      else this.#scheduleHeartbeat();
    }, 0);
  }

  #terminate(reason: string): void {
    // The socket's own close event may come late, or never on a dead connection.
    this.#end({ code: 1006, reason });
    this.#socket?.terminate();
  }

  #end(info: CloseInfo): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#timer);
    this.#events.ended(info);
  }
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'the connection could not be opened';
}
