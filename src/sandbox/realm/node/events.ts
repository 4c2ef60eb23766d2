import EventEmitter from 'events/events.js';
import { coded, invalidArgument, outOfRange } from '../../boundary/coded-errors.js';
import { defineReadOnly } from '../kit/define.js';
import { part } from '../kit/parts.js';
import { addAbortListener, once } from './ports/events-once.js';
import { on } from './ports/events-on.js';

interface Emitter {
  /** One listener, or several, by type; as in Node, whose packages look at it. */
  readonly _events?: Readonly<Record<string | symbol, Listener | readonly Listener[]>>;
  emit(type: string | symbol, ...args: unknown[]): boolean;
  listeners(type: string | symbol): unknown[];
  listenerCount(type: string | symbol, listener?: unknown): number;
  setMaxListeners?(this: unknown, count: number): void;
  getMaxListeners?(): number;
}
type Listener = ((this: unknown, ...args: unknown[]) => unknown) & { readonly listener?: unknown };
type Adder = (this: unknown, type: string | symbol, listener: unknown) => unknown;

/** A part of Node's API that the port, of Node 11, lacks. */
const errorMonitor = Symbol('events.errorMonitor');
/** The method of an `EventTarget` that returns its listeners. */
const listenersOf = Symbol.for('javascriptd.listeners');
const prototype = EventEmitter['prototype'] as Emitter & Record<string, Adder>;
const { apply } = Reflect;

/** Calls the listeners of a type, as they are now. The port copies the arguments of each event one by one. */
function callListeners(emitter: Emitter, type: string | symbol, args: unknown[]): boolean {
  const found = emitter['_events']?.[type];
  if (found === undefined) return false;
  if (typeof found === 'function') apply(found, emitter, args);
  else {
    // A listener may add and remove others.
    const listeners = found.slice();
    for (let i = 0; i < listeners.length; i++) apply(listeners[i] as Listener, emitter, args);
  }
  return true;
}

defineReadOnly(EventEmitter, 'length', 1);

prototype['emit'] = function emit(this: Emitter, type, ...args) {
  if (type !== 'error') return callListeners(this, type, args);
  callListeners(this, errorMonitor, args);
  if (callListeners(this, 'error', args)) return true;
  if (args[0] instanceof Error) throw args[0];
  throw Object.assign(coded(new Error(`Unhandled error. (${shown(args[0])})`), 'ERR_UNHANDLED_ERROR'), {
    context: args[0],
  });
};

prototype.listenerCount = function listenerCount(this: Emitter, type, listener) {
  const found = this['_events']?.[type];
  if (found === undefined) return 0;
  const listeners = typeof found === 'function' ? [found] : found;
  // Null counts as absent, as in Node.
  if (listener === undefined || listener === null) return listeners.length;
  return listeners.filter((one) => one === listener || one.listener === listener).length;
};

function setMaxListeners(this: { _maxListeners?: number }, count: unknown): unknown {
  checkMaximum('setMaxListeners', count);
  this['_maxListeners'] = count;
  return this;
}
Object.assign(prototype, { setMaxListeners });

/** An error that the value's own inspection throws does not hide the event. */
function shown(value: unknown): string {
  try {
    return part('inspect').inspect(value);
  } catch {
    return String(value);
  }
}

function checkMaximum(name: string, count: unknown): asserts count is number {
  if (typeof count !== 'number') throw invalidArgument(name, 'of type number', count);
  if (!(count >= 0)) throw outOfRange(name, '>= 0', count);
}

/** How many listeners of a type an `EventTarget` may have, where that was set. */
const targetMaximums = new WeakMap<object, number>();

function setMaximum(target: unknown, count: number): void {
  const own = ((target ?? {}) as Emitter).setMaxListeners;
  if (typeof own === 'function') apply(own, target, [count]);
  else if (target instanceof part('event-target').EventTarget) targetMaximums.set(target, count);
  else throw invalidArgument('eventTargets', 'an instance of EventEmitter or EventTarget', target);
}

function getMaxListeners(target: Emitter): unknown {
  if (typeof target.getMaxListeners === 'function') return target.getMaxListeners();
  if (target instanceof part('event-target').EventTarget)
    return targetMaximums.get(target) ?? EventEmitter['defaultMaxListeners'];
  throw invalidArgument('emitter', 'an instance of EventEmitter or EventTarget', target);
}

// The port's error for an invalid listener has no code.
for (const name of [
  'addListener',
  'on',
  'once',
  'prependListener',
  'prependOnceListener',
  'removeListener',
  'off',
]) {
  const add = prototype[name] as Adder;
  prototype[name] = {
    [name](this: unknown, type: string | symbol, listener: unknown) {
      if (typeof listener !== 'function') throw invalidArgument('listener', 'of type function', listener);
      return Reflect.apply(add, this, [type, listener]);
    },
  }[name] as Adder;
}
for (const [name, same] of [
  ['addListener', 'on'],
  ['removeListener', 'off'],
] as const)
  prototype[same] = prototype[name] as Adder;

export default Object.assign(EventEmitter, {
  on,
  once,
  errorMonitor,
  addAbortListener,
  usingDomains: false,
  captureRejections: false,
  captureRejectionSymbol: Symbol.for('nodejs.rejection'),
  getMaxListeners,
  getEventListeners: (emitter: Emitter & { [listenersOf]?: Adder }, type: string | symbol) =>
    typeof emitter.listeners === 'function'
      ? emitter.listeners(type)
      : emitter[listenersOf]?.(type, undefined),
  setMaxListeners(count: number = EventEmitter['defaultMaxListeners'] as number, ...emitters: unknown[]) {
    checkMaximum('setMaxListeners', count);
    if (emitters.length === 0) EventEmitter['defaultMaxListeners'] = count;
    for (const emitter of emitters) setMaximum(emitter, count);
  },
});
