import { defineConstant } from '../kit/define.js';
import { part } from '../kit/parts.js';

const { Event, EventTarget } = part('event-target');
const { structuredClone } = part('structured-clone');
const { setImmediate } = environment.timers;

/** Only a channel constructs ports. */
const OWN = Symbol('own');

/** One end of a channel within this context. A message is cloned, and delivered in a later turn. */
class MessagePort extends EventTarget {
  /** The other end; set by the channel. */
  static readonly join = (a: MessagePort, b: MessagePort): void => {
    a.#other = b;
    b.#other = a;
  };
  #other: MessagePort | undefined;
  #waiting: unknown[] | undefined = [];
  #listener: unknown = null;

  constructor(token?: unknown) {
    if (token !== OWN) throw new TypeError('Illegal constructor');
    super();
    this.addEventListener('message', (event: unknown) => {
      if (typeof this.#listener === 'function') Reflect.apply(this.#listener, this, [event]);
    });
  }

  get onmessage(): unknown {
    return this.#listener;
  }

  set onmessage(listener: unknown) {
    this.#listener = typeof listener === 'function' ? listener : null;
    this.start();
  }

  postMessage(message: unknown): void {
    const data = structuredClone(message);
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

  close(): void {
    if (this.#other !== undefined) this.#other.#other = undefined;
    this.#other = undefined;
  }

  ref(): void {}

  unref(): void {}

  #deliver(data: unknown): void {
    setImmediate(() => {
      const event = new Event('message');
      defineConstant(event, 'data', data, true);
      this.dispatchEvent(event);
    });
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

/** Globals; no module that a script may require has them. */
export default { MessageChannel, MessagePort };
