import type { Closing, OpenSocket, Socket } from './socket.js';
import { timerMs } from './timer.js';
import { decode, GREETING, type Message } from './wire.js';

export interface LinkSettings {
  /** Milliseconds from the first try to the end of the handshake. */
  readonly connectTimeout: number;
  /** Milliseconds of silence after which a sign of life is asked for; after as many again the link is dead. 0: never. */
  readonly heartbeat: number;
}

/** `opened` at most once; `ended` exactly once, and nothing after it. */
export interface LinkEvents {
  opened(): void;
  /** @param size characters of its frame */
  received(message: Message, size: number): void;
  ended(closing: Closing): void;
}

/** A service ends a connection that it heard nothing of for 30 s after a ping. */
const SHOW_LIFE_MS = 5000;

/** One connection, from its handshake to its end. */
export class Link {
  readonly #socket: Socket | undefined;
  readonly #events: LinkEvents;
  readonly #settings: LinkSettings;
  #state: 'connecting' | 'greeting' | 'open' | 'ended' = 'connecting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #quiet = false;
  #paused = false;
  #shownAt = -SHOW_LIFE_MS;

  constructor(open: OpenSocket, settings: LinkSettings, events: LinkEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#timer = setTimeout(() => this.#drop('no answer in time'), timerMs(settings.connectTimeout));
    try {
      this.#socket = open({
        opened: () => this.#greet(),
        received: (frame) => this.#receive(frame),
        heard: () => (this.#quiet = false),
        closed: (closing) => this.#end(closing),
      });
    } catch (cause) {
      // A stream that cannot be made, or a URL that a page must not open. Later, since our maker does not know us yet.
      queueMicrotask(() => this.#end({ code: 1006, reason: textOf(cause), cause }));
    }
  }

  /** Only while the link is open. */
  send(frame: string): void {
    if (this.#state === 'open') this.#socket?.send(frame);
  }

  /** Stops reading. @returns false where the platform cannot */
  pause(): boolean {
    if (this.#socket?.pause === undefined) return false;
    this.#paused = true;
    this.#socket.pause();
    this.#showLife();
    return true;
  }

  resume(): void {
    this.#paused = false;
    this.#quiet = false;
    this.#socket?.resume?.();
    this.#showLife();
  }

  /** Closes the connection; `ended` is called when the other side has, or at once if it takes too long. */
  close(patienceMs: number): void {
    if (this.#state === 'ended') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#drop('closed'), patienceMs);
    this.#socket?.close();
  }

  #greet(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'greeting';
    this.#socket?.send(GREETING);
  }

  #receive(frame: string): void {
    this.#quiet = false;
    if (this.#state === 'greeting') {
      // Of a refusal the closing tells the text.
      if (!frame.startsWith('+')) return;
      this.#state = 'open';
      clearTimeout(this.#timer);
      this.#listen();
      this.#events.opened();
    } else if (this.#state === 'open' && frame !== '') {
      const message = decode(frame);
      if (message === undefined) this.#drop('malformed message from the service');
      else this.#events.received(message, frame.length);
    }
  }

  /** The service's own pings wait behind what we do not read, so it would hear nothing of us. */
  #showLife(): void {
    const now = performance.now();
    if (this.#state !== 'open' || now - this.#shownAt < SHOW_LIFE_MS) return;
    this.#shownAt = now;
    this.#socket?.ping();
  }

  /** Watches for silence. While we do not read, there is nothing to hear. */
  #listen(): void {
    const { heartbeat } = this.#settings;
    if (heartbeat === 0) return;
    this.#timer = setTimeout(() => {
      if (this.#paused) this.#quiet = false;
      if (this.#quiet) return this.#doubt();
      this.#quiet = true;
      this.#socket?.ping();
      this.#listen();
    }, timerMs(heartbeat));
  }

  /** After a stall of this process timers run first: what lies in the socket is read before the link counts as dead. */
  #doubt(): void {
    this.#timer = setTimeout(() => {
      if (this.#quiet) this.#drop('no sign of life');
      else this.#listen();
    }, 0);
  }

  #drop(reason: string): void {
    // A socket may take long to say that it is closed, and on a dead line it never does.
    this.#end({ code: 1006, reason });
    this.#socket?.drop();
  }

  #end(closing: Closing): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#timer);
    this.#events.ended(closing);
  }
}

function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : 'the connection could not be opened';
}
