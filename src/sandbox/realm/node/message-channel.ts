import { defineReadOnly, makeMembersEnumerable } from '../kit/define.js';
import { part } from '../kit/parts.js';

const { Event, EventTarget } = part('event-target');
const { structuredClone } = part('structured-clone');
const { setImmediate } = environment.timers;

/** Only a channel constructs ports. */
const OWN = Symbol('own');

interface MessageOptions {
  readonly data?: unknown;
  readonly origin?: unknown;
  readonly lastEventId?: unknown;
  readonly source?: unknown;
  readonly ports?: readonly unknown[];
}

/** The standard's MessageEvent: https://html.spec.whatwg.org/#messageevent. */
class MessageEvent extends Event {
  readonly #options: MessageOptions;

  constructor(type: string, options: MessageOptions = {}) {
    super(type);
    this.#options = options;
  }

  get data(): unknown {
    return this.#options.data ?? null;
  }

  get origin(): string {
    return String(this.#options.origin ?? '');
  }

  get lastEventId(): string {
    return String(this.#options.lastEventId ?? '');
  }

  get source(): unknown {
    return this.#options.source ?? null;
  }

  get ports(): readonly unknown[] {
    return this.#options.ports ?? [];
  }
}

type Listener = (this: unknown, ...args: unknown[]) => unknown;
/** What an event target calls for a listener of an emitter. */
type Wrapper = (event: object) => void;

/**
 * One end of a channel within this context. A message is cloned, and delivered in a later turn. As in Node it is an event
 * target and an emitter, and the first listener for messages starts it.
 */
class MessagePort extends EventTarget {
  /** The other end; set by the channel. */
  static readonly join = (a: MessagePort, b: MessagePort): void => {
    a.#other = b;
    b.#other = a;
  };
  #other: MessagePort | undefined;
  #waiting: unknown[] | undefined = [];
  #handler: unknown = null;
  #isClosed = false;
  readonly #wrappers = new Map<string, { readonly listener: unknown; readonly wrapper: Wrapper }[]>();

  constructor(token?: unknown) {
    if (token !== OWN) throw new TypeError('Illegal constructor');
    super();
    super.addEventListener('message', (event: unknown) => {
      if (typeof this.#handler === 'function') Reflect.apply(this.#handler, this, [event]);
    });
  }

  get onmessage(): unknown {
    return this.#handler;
  }

  set onmessage(listener: unknown) {
    this.#handler = typeof listener === 'function' ? listener : null;
    this.start();
  }

  override addEventListener(type: string, listener: unknown, options?: unknown): void {
    super.addEventListener(type, listener, options);
    if (type === 'message') this.start();
  }

  on(type: string, listener: Listener): this {
    return this.#listen(type, listener, false);
  }

  addListener(type: string, listener: Listener): this {
    return this.#listen(type, listener, false);
  }

  once(type: string, listener: Listener): this {
    return this.#listen(type, listener, true);
  }

  off(type: string, listener: Listener): this {
    const wrappers = this.#wrappers.get(type) ?? [];
    const at = wrappers.findLastIndex((one) => one.listener === listener);
    const [found] = at === -1 ? [] : wrappers.splice(at, 1);
    if (found !== undefined) this.removeEventListener(type, found.wrapper);
    return this;
  }

  removeListener(type: string, listener: Listener): this {
    return this.off(type, listener);
  }

  removeAllListeners(type?: string): this {
    for (const name of type === undefined ? [...this.#wrappers.keys()] : [type]) {
      for (const { wrapper } of this.#wrappers.get(name) ?? []) this.removeEventListener(name, wrapper);
      this.#wrappers.delete(name);
    }
    return this;
  }

  listenerCount(type: string): number {
    return this.#wrappers.get(type)?.length ?? 0;
  }

  eventNames(): string[] {
    return [...this.#wrappers.keys()].filter((name) => this.listenerCount(name) > 0);
  }

  /** @param transfer objects to transfer, or options that have them */
  postMessage(message: unknown, transfer?: unknown): void {
    const options = Array.isArray(transfer) ? { transfer: transfer as unknown[] } : transfer;
    const data = structuredClone(message, options as object | undefined);
    const other = this.#other;
    if (other === undefined) return;
    if (other.#waiting === undefined) other.#deliver(data);
    else other.#waiting.push(data);
  }

  /** Delivers the messages that have come and those that come from now on. */
  start(): void {
    const waiting = this.#waiting ?? [];
    this.#waiting = undefined;
    for (const data of waiting) this.#deliver(data);
  }

  /** Closes both ends, each of which has the event `close`. */
  close(): void {
    const other = this.#other;
    this.#end();
    if (other !== undefined) other.#end();
  }

  ref(): void {}

  unref(): void {}

  hasRef(): boolean {
    return !this.#isClosed;
  }

  #end(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#other = undefined;
    setImmediate(() => this.dispatchEvent(new Event('close')));
  }

  #listen(type: string, listener: Listener, isOnce: boolean): this {
    const wrapper = (event: object): void => {
      if (isOnce) this.off(type, listener);
      Reflect.apply(listener, this, event instanceof MessageEvent ? [event.data] : []);
    };
    this.#wrappers.set(type, [...(this.#wrappers.get(type) ?? []), { listener, wrapper }]);
    this.addEventListener(type, wrapper);
    return this;
  }

  #deliver(data: unknown): void {
    setImmediate(() => this.dispatchEvent(new MessageEvent('message', { data })));
  }
}
const { join } = MessagePort;
Reflect.deleteProperty(MessagePort, 'join');

class MessageChannel {
  readonly port1 = new MessagePort(OWN);
  readonly port2 = new MessagePort(OWN);

  constructor() {
    join(this.port1, this.port2);
  }
}

for (const [name, { prototype }] of Object.entries({ MessageChannel, MessageEvent, MessagePort })) {
  makeMembersEnumerable({ prototype });
  defineReadOnly(prototype, Symbol.toStringTag, name);
}

/** Globals; no module that a script may require has them. */
export default { MessageChannel, MessagePort };
