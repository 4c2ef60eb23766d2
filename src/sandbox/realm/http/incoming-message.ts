import { type Headers, distinctHeaders, joinedHeaders } from './received-headers.js';

/** What is used of the context's own `stream.Readable`. */
interface ReadableStream {
  readonly readableEnded: boolean;
  readonly destroyed: boolean;
  push(chunk: unknown): boolean;
  destroy(error?: unknown): unknown;
  resume(): unknown;
  emit(event: string, ...args: unknown[]): boolean;
  once(event: string, listener: () => void): unknown;
  listenerCount(event: string): number;
}
interface SocketLike {
  setTimeout?(ms: number, callback?: () => void): unknown;
  destroy?(error?: unknown): unknown;
}

/** Node's `http.IncomingMessage`, the response to a request. */
export interface IncomingMessage extends ReadableStream {
  statusCode: number | null;
  statusMessage: string | null;
  rawHeaders: string[];
  complete: boolean;
  aborted: boolean;
  req: unknown;
  /** Called when more of the body is wanted. */
  onWanted: () => void;
}

type Message = IncomingMessage & Record<string, unknown> & { socket: SocketLike | null };
export type IncomingMessageClass = new (socket?: unknown) => IncomingMessage;

/** Makes the class, which packages can call on an object of theirs, too. */
export function incomingMessage(): IncomingMessageClass {
  const { Readable } = require('stream') as { Readable: { prototype: object } & (() => void) };

  function IncomingMessage(this: Message, socket: SocketLike | null = null): unknown {
    if (!(this instanceof IncomingMessage)) return Reflect.construct(IncomingMessage, [socket]);
    Reflect.apply(Readable, this, []);
    Object.assign(this, {
      socket,
      httpVersion: '1.1',
      httpVersionMajor: 1,
      httpVersionMinor: 1,
      complete: false,
      aborted: false,
      rawHeaders: [],
      rawTrailers: [],
      trailers: {},
      trailersDistinct: {},
      url: '',
      method: null,
      statusCode: null,
      statusMessage: null,
      upgrade: null,
      joinDuplicateHeaders: undefined,
    });
    Object.defineProperty(this, 'onWanted', { value: () => undefined, writable: true });
    return undefined;
  }

  Object.setPrototypeOf(IncomingMessage, Readable);
  Object.setPrototypeOf(IncomingMessage.prototype, Readable.prototype);
  const methods = {
    setTimeout(this: Message, ms: number, callback?: () => void): Message {
      if (callback !== undefined) this.once('timeout', callback);
      this.socket?.setTimeout?.(ms);
      return this;
    },
    _read(this: Message): void {
      this.onWanted();
    },
    _destroy(this: Message, error: unknown, done: (error?: unknown) => void): void {
      if (!this.readableEnded || !this.complete) {
        this.aborted = true;
        this.emit('aborted');
      }
      // As in Node, nobody who does not listen is told.
      const told = this.listenerCount('error') === 0 ? null : error;
      if (!this.complete) this.socket?.destroy?.();
      environment.timers.setImmediate(() => done(told));
    },
    _dump(this: Message): void {
      this.resume();
    },
  };
  for (const [name, value] of Object.entries(methods))
    Object.defineProperty(IncomingMessage.prototype, name, { value, writable: true, configurable: true });
  made(IncomingMessage.prototype, 'headers', joinedHeaders);
  made(IncomingMessage.prototype, 'headersDistinct', distinctHeaders);
  Object.defineProperty(IncomingMessage.prototype, 'connection', {
    configurable: true,
    get(this: Message) {
      return this.socket;
    },
  });
  return IncomingMessage as unknown as IncomingMessageClass;
}

/** A property that is made of the raw headers on first use. */
function made(on: object, name: string, make: (raw: readonly string[]) => Headers): void {
  const set = (target: object, value: unknown): void =>
    void Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
  Object.defineProperty(on, name, {
    configurable: true,
    get(this: Message) {
      const value = make(this.rawHeaders);
      set(this, value);
      return value;
    },
    set(this: Message, value: unknown) {
      set(this, value);
    },
  });
}
