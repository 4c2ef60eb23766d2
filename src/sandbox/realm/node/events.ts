// Not by the name of the class: the bundler would give the class itself another one.
import Emitters from 'events/events.js';
import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { makeEnumerable } from '../kit/define.js';
import { part } from '../kit/parts.js';
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

/** A part of Node's API that the port, of Node 11, lacks. */
const errorMonitor = Symbol('events.errorMonitor');
/** The method of an `EventTarget` that returns its listeners. */
const listenersOf = Symbol.for('javascriptd.listeners');
const prototype = Emitters['prototype'] as Emitter & Record<string, Adder>;
const { emit } = prototype;

prototype.emit = function (this: Emitter, type, ...args) {
  if (type !== 'error') return Reflect.apply(emit, this, [type, ...args]);
  if (this.listenerCount(errorMonitor) > 0) Reflect.apply(emit, this, [errorMonitor, ...args]);
  if (this.listenerCount('error') > 0 || args[0] instanceof Error)
    return Reflect.apply(emit, this, [type, ...args]);
  throw Object.assign(
    coded(new Error(`Unhandled error. (${part('inspect').inspect(args[0])})`), 'ERR_UNHANDLED_ERROR'),
    { context: args[0] },
  );
};
makeEnumerable(prototype, ['emit']);

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

export default Object.assign(Emitters, {
  on,
  once,
  errorMonitor,
  addAbortListener,
  usingDomains: false,
  captureRejections: false,
  captureRejectionSymbol: Symbol.for('nodejs.rejection'),
  getMaxListeners: (emitter: Emitter) => emitter.getMaxListeners?.() ?? Emitters['defaultMaxListeners'],
  getEventListeners: (emitter: Emitter & { [listenersOf]?: Adder }, type: string | symbol) =>
    typeof emitter.listeners === 'function'
      ? emitter.listeners(type)
      : emitter[listenersOf]?.(type, undefined),
  setMaxListeners(count: number, ...emitters: Emitter[]) {
    if (emitters.length === 0) Emitters['defaultMaxListeners'] = count;
    for (const emitter of emitters) emitter.setMaxListeners?.(count);
  },
});
