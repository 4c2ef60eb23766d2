import type { Closing, OpenSocket, Socket } from './socket.js';
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
  received(message: Message): void;
  ended(closing: Closing): void;
}

/** One connection, from its handshake to its end. */
export class Link {
  readonly #socket: Socket;
  readonly #events: LinkEvents;
  readonly #settings: LinkSettings;
  #state: 'connecting' | 'greeting' | 'open' | 'ended' = 'connecting';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #quiet = false;

  constructor(open: OpenSocket, settings: LinkSettings, events: LinkEvents) {
    this.#settings = settings;
    this.#events = events;
    this.#timer = setTimeout(() => this.#drop('no answer in time'), settings.connectTimeout);
    this.#socket = open({
      opened: () => this.#greet(),
      received: (frame) => this.#receive(frame),
      heard: () => (this.#quiet = false),
      closed: (closing) => this.#end(closing),
    });
  }

  /** Only while the link is open. */
  send(frame: string): void {
    if (this.#state === 'open') this.#socket.send(frame);
  }

  /** Closes the connection; `ended` is called when the other side has, or at once if it takes too long. */
  close(patienceMs: number): void {
    if (this.#state === 'ended') return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#drop('closed'), patienceMs);
    this.#socket.close();
  }

  #greet(): void {
    if (this.#state !== 'connecting') return;
    this.#state = 'greeting';
    this.#socket.send(GREETING);
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
      if (message === undefined) this.#drop('the service sent what is no message');
      else this.#events.received(message);
    }
  }

  /** Watches for silence. */
  #listen(): void {
    const { heartbeat } = this.#settings;
    if (heartbeat === 0) return;
    this.#timer = setTimeout(() => {
      if (this.#quiet) return this.#drop('no sign of life');
      this.#quiet = true;
      this.#socket.ping();
      this.#listen();
    }, heartbeat);
  }

  #drop(reason: string): void {
    // A socket may take long to say that it is closed, and on a dead line it never does.
    this.#end({ code: 1006, reason });
    this.#socket.drop();
  }

  #end(closing: Closing): void {
    if (this.#state === 'ended') return;
    this.#state = 'ended';
    clearTimeout(this.#timer);
    this.#events.ended(closing);
  }
}
