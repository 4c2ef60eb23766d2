import EventEmitter from 'events/events.js';
import { on } from '../ports/events-on.js';

interface Emitter {
  emit(type: string | symbol, ...args: unknown[]): boolean;
  listeners(type: string | symbol): unknown[];
  listenerCount(type: string | symbol): number;
  setMaxListeners(count: number): void;
}

/** What Node's has and the port of Node 11's has not. */
const errorMonitor = Symbol('events.errorMonitor');
const prototype = EventEmitter['prototype'] as Emitter;
const { emit } = prototype;

prototype.emit = function (this: Emitter, type, ...args) {
  if (type === 'error' && this.listenerCount(errorMonitor) > 0)
    Reflect.apply(emit, this, [errorMonitor, ...args]);
  return Reflect.apply(emit, this, [type, ...args]);
};
Object.defineProperty(prototype, 'emit', { enumerable: true });

export default Object.assign(EventEmitter, {
  on,
  errorMonitor,
  captureRejectionSymbol: Symbol.for('nodejs.rejection'),
  getEventListeners: (emitter: Emitter, type: string | symbol) => emitter.listeners(type),
  setMaxListeners(count: number, ...emitters: Emitter[]) {
    if (emitters.length === 0) EventEmitter['defaultMaxListeners'] = count;
    for (const emitter of emitters) emitter.setMaxListeners(count);
  },
});
