import { INSPECT, type InspectOptions, inspected } from '../kit/inspected.js';
import { invalidArgument } from '../../boundary/coded-errors.js';
import { missingArguments } from '../kit/errors.js';
import { DOMException } from './dom-exception.js';
import { dispatchOf, type Event, isEvent } from './event.js';

type Callback = ((this: object, event: Event) => unknown) | { handleEvent(event: Event): unknown };

interface Listener {
  readonly callback: Callback;
  readonly capture: boolean;
  readonly once: boolean;
  readonly passive: boolean;
  isRemoved: boolean;
}

interface ListenerOptions {
  readonly capture?: unknown;
  readonly once?: unknown;
  readonly passive?: unknown;
  readonly signal?: EventTarget & { readonly aborted: boolean };
}

/** The method of an `EventTarget` that is called with a type and its number of listeners when the number changes. */
export const listenersChanged = Symbol('listenersChanged');

/** The standard's EventTarget. An error that a listener throws is an uncaught error. */
export class EventTarget {
  readonly #listeners = new Map<string, Listener[]>();

  get [Symbol.toStringTag](): string {
    return 'EventTarget';
  }

  addEventListener(type: unknown, callback: unknown, options: boolean | ListenerOptions = {}): void {
    if (arguments.length < 2) throw missingArguments('type', 'listener');
    if (callback === null || callback === undefined) return;
    if (typeof callback !== 'function' && typeof callback !== 'object')
      throw invalidArgument('listener', 'an instance of EventListener', callback);
    const { capture, once, passive, signal } =
      typeof options === 'object' && options !== null ? options : { capture: options };
    // Null, too: only an absent signal is none.
    if (signal !== undefined && (typeof signal !== 'object' || !signal || !('aborted' in signal)))
      throw invalidArgument('options.signal', 'an instance of AbortSignal', signal);
    if (signal?.aborted === true) return;
    const name = String(type);
    const known = this.#listeners.get(name) ?? [];
    const isCapture = Boolean(capture);
    if (known.some((one) => one.callback === callback && one.capture === isCapture)) return;
    const listener: Listener = {
      callback: callback as Callback,
      capture: isCapture,
      once: Boolean(once),
      passive: Boolean(passive),
      isRemoved: false,
    };
    this.#listeners.set(name, [...known, listener]);
    this[listenersChanged](name, known.length + 1);
    signal?.addEventListener('abort', () => this.#remove(name, listener), { once: true });
  }

  removeEventListener(type: unknown, callback: unknown, options: boolean | ListenerOptions = {}): void {
    if (arguments.length < 2) throw missingArguments('type', 'listener');
    const capture = Boolean(typeof options === 'object' && options !== null ? options.capture : options);
    const name = String(type);
    const found = this.#listeners
      .get(name)
      ?.find((one) => one.callback === callback && one.capture === capture);
    if (found !== undefined) this.#remove(name, found);
  }

  dispatchEvent(event: unknown): boolean {
    if (!isEvent(event)) throw invalidArgument('event', 'an instance of Event', event);
    const dispatch = dispatchOf(event);
    if (dispatch.isDispatched)
      throw new DOMException('The event is already being dispatched', 'InvalidStateError');
    dispatch.target = dispatch.current = this;
    dispatch.isDispatched = true;
    try {
      const listeners = this.#listeners.get(event.type) ?? [];
      for (let i = 0; i < listeners.length; i++) {
        const listener = listeners[i] as Listener;
        if (listener.isRemoved) continue;
        if (listener.once) this.#remove(event.type, listener);
        dispatch.inPassiveListener = listener.passive;
        call(listener.callback, this, event);
        dispatch.inPassiveListener = false;
        if (dispatch.isStopped) break;
      }
    } finally {
      dispatch.current = null;
      dispatch.isDispatched = dispatch.isStopped = false;
    }
    return !event.defaultPrevented;
  }

  [INSPECT](depth: number | null, options: InspectOptions): unknown {
    const { name } = this.constructor;
    return depth !== null && depth < 0 ? name : inspected(this, name, {}, depth, options);
  }

  /** For `events.getEventListeners`. */
  [Symbol.for('javascriptd.listeners')](type: unknown): Callback[] {
    return (this.#listeners.get(String(type)) ?? []).map(({ callback }) => callback);
  }

  [listenersChanged](_type: string, _count: number): void {
    // For subclasses.
  }

  #remove(type: string, listener: Listener): void {
    listener.isRemoved = true;
    const rest = (this.#listeners.get(type) ?? []).filter((one) => one !== listener);
    if (rest.length === 0) this.#listeners.delete(type);
    else this.#listeners.set(type, rest);
    this[listenersChanged](type, rest.length);
  }
}

function call(callback: Callback, target: EventTarget, event: Event): void {
  try {
    if (typeof callback === 'function') Reflect.apply(callback, target, [event]);
    else callback.handleEvent(event);
  } catch (error) {
    environment.queueMicrotask(() => {
      throw error;
    });
  }
}
