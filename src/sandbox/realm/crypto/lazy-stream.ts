import { define, defineAccessor, defineHidden } from '../kit/define.js';
import { type OldClass, part } from '../kit/parts.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

/** The methods that make a hash or a cipher a stream when they are called. */
const METHODS = [
  'addListener',
  'cork',
  'destroy',
  'emit',
  'end',
  'eventNames',
  'isPaused',
  'listenerCount',
  'listeners',
  'off',
  'on',
  'once',
  'pause',
  'pipe',
  'prependListener',
  'push',
  'read',
  'removeAllListeners',
  'removeListener',
  'resume',
  'setDefaultEncoding',
  'setEncoding',
  'setMaxListeners',
  'uncork',
  'unpipe',
  'unshift',
  'write',
  Symbol.asyncIterator,
] as const;

/**
 * Creates the base of a class whose objects become streams when they are used as streams, as in Node: loading the stream
 * classes takes many times as long as a hash.
 */
export function lazyStream(kind: 'Transform' | 'Writable'): new (options?: unknown) => object {
  const given = new WeakMap<object, object>();

  // oxlint-disable-next-line typescript/no-extraneous-class -- its members are defined below
  class LazyStream {
    constructor(options?: unknown) {
      if (typeof options === 'object' && options !== null) given.set(this, options);
    }
  }
  const { prototype } = LazyStream;

  /** Makes the class inherit from the real one. */
  function inherit(): OldClass<object> {
    const Stream = part('stream')[kind];
    if (Object.getPrototypeOf(prototype) !== Stream.prototype) {
      for (const name of METHODS) Reflect.deleteProperty(prototype, name);
      Object.setPrototypeOf(prototype, Stream.prototype);
    }
    return Stream;
  }

  for (const name of METHODS) {
    const methods = {
      value(this: Record<PropertyKey, AnyFunction>, ...args: unknown[]) {
        inherit();
        return Reflect.apply(this[name] as AnyFunction, this, args);
      },
    };
    defineHidden(prototype, name, methods.value);
  }
  for (const state of ['_readableState', '_writableState']) {
    defineAccessor(prototype, state, {
      get(this: Record<string, unknown>): unknown {
        const Stream = inherit();
        if (kind === 'Writable' && state === '_readableState') return undefined;
        Reflect.apply(Stream, this, [given.get(this)]);
        return this[state];
      },
      set(this: object, value: unknown) {
        define(this, state, value);
      },
    });
  }
  environment.onBuiltin('stream', inherit);
  return LazyStream;
}
