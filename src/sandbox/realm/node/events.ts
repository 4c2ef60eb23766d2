import EventEmitter from 'events/events.js';
import { invalidArgument } from '../../boundary/module-errors.js';
import { addAbortListener, once } from './ports/events-once.js';
import { on } from './ports/events-on.js';

interface Emitter {
  emit(type: string | symbol, ...args: unknown[]): boolean;
  listeners(type: string | symbol): unknown[];
  listenerCount(type: string | symbol): number;
  setMaxListeners?(count: number): void;
  getMaxListeners?(): number;
}
type Adder = (this: unknown, type: string | symbol, listener: unknown) => unknown;

/** What Node's has and the port of Node 11's has not. */
const errorMonitor = Symbol('events.errorMonitor');
/** Targets tell who listens to them under this name. */
const listenersOf = Symbol.for('javascriptd.listeners');
const prototype = EventEmitter['prototype'] as Emitter & Record<string, Adder>;
const { emit } = prototype;

prototype.emit = function (this: Emitter, type, ...args) {
  if (type !== 'error') return Reflect.apply(emit, this, [type, ...args]);
  if (this.listenerCount(errorMonitor) > 0) Reflect.apply(emit, this, [errorMonitor, ...args]);
  if (this.listenerCount('error') > 0 || args[0] instanceof Error)
    return Reflect.apply(emit, this, [type, ...args]);
  const { inspect } = require('inspect') as { inspect: (value: unknown) => string };
  throw Object.assign(new Error(`Unhandled error. (${inspect(args[0])})`), {
    code: 'ERR_UNHANDLED_ERROR',
    context: args[0],
  });
};
Object.defineProperty(prototype, 'emit', { enumerable: true });

// The port's error for what is no listener has no code.
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
  getMaxListeners: (emitter: Emitter) => emitter.getMaxListeners?.() ?? EventEmitter['defaultMaxListeners'],
  getEventListeners: (emitter: Emitter & { [listenersOf]?: Adder }, type: string | symbol) =>
    typeof emitter.listeners === 'function'
      ? emitter.listeners(type)
      : emitter[listenersOf]?.(type, undefined),
  setMaxListeners(count: number, ...emitters: Emitter[]) {
    if (emitters.length === 0) EventEmitter['defaultMaxListeners'] = count;
    for (const emitter of emitters) emitter.setMaxListeners?.(count);
  },
});
