import { defineAccessor, defineHidden } from '../kit/define.js';
import { lazilyForEach } from '../kit/lazily.js';
import { type Readable, part } from '../kit/parts.js';
import { distinctHeaders, joinedHeaders } from './received-headers.js';

interface SocketLike {
  setTimeout?(ms: number, callback?: () => void): unknown;
  destroy?(error?: unknown): unknown;
}

/** Node's `http.IncomingMessage`: the response to a request. */
export interface IncomingMessage extends Readable {
  statusCode: number | null;
  statusMessage: string | null;
  rawHeaders: string[];
  complete: boolean;
  aborted: boolean;
  req: unknown;
  /** Called when the reader wants more of the body. */
  onWanted: () => void;
}

type Message = IncomingMessage & Record<string, unknown> & { socket: SocketLike | null };
export type IncomingMessageClass = new (socket?: unknown) => IncomingMessage;

/** Creates the class, which packages can also call on an object of theirs. */
export function incomingMessage(): IncomingMessageClass {
  const { Readable } = part('stream');

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
    defineHidden(this, 'onWanted', () => undefined);
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
      // As in Node, there is no error without a listener.
      const told = this.listenerCount('error') === 0 ? null : error;
      if (!this.complete) this.socket?.destroy?.();
      environment.timers.setImmediate(() => done(told));
    },
    _dump(this: Message): void {
      this.resume();
    },
  };
  for (const [name, method] of Object.entries(methods)) defineHidden(IncomingMessage.prototype, name, method);
  lazilyForEach(IncomingMessage, 'headers', (message: Message) => joinedHeaders(message.rawHeaders));
  lazilyForEach(IncomingMessage, 'headersDistinct', (message: Message) =>
    distinctHeaders(message.rawHeaders),
  );
  defineAccessor(IncomingMessage.prototype, 'connection', {
    get(this: Message) {
      return this.socket;
    },
  });
  return IncomingMessage as unknown as IncomingMessageClass;
}
