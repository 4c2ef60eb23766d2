type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
type StreamClass = AnyFunction & { readonly prototype: object };

/** What packages call on a hash or a cipher that makes it a stream. */
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
 * The parent of a class whose objects are streams only once they are used as such, as in Node: loading the
 * streams costs many times what a hash does.
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

  /** Has the class inherit from the real one. */
  function inherit(): StreamClass {
    const Stream = (require('stream') as Record<string, StreamClass>)[kind] as StreamClass;
    if (Object.getPrototypeOf(prototype) !== Stream.prototype) {
      for (const name of METHODS) Reflect.deleteProperty(prototype, name);
      Object.setPrototypeOf(prototype, Stream.prototype);
    }
    return Stream;
  }

  for (const name of METHODS) {
    define(prototype, name, {
      value(this: Record<PropertyKey, AnyFunction>, ...args: unknown[]) {
        inherit();
        return Reflect.apply(this[name] as AnyFunction, this, args);
      },
      writable: true,
    });
  }
  for (const state of ['_readableState', '_writableState']) {
    define(prototype, state, {
      get(this: Record<string, unknown>): unknown {
        const Stream = inherit();
        if (kind === 'Writable' && state === '_readableState') return undefined;
        Reflect.apply(Stream, this, [given.get(this)]);
        return this[state];
      },
      set(this: object, value: unknown) {
        Object.defineProperty(this, state, { value, writable: true, configurable: true, enumerable: true });
      },
    });
  }
  environment.onBuiltin('stream', inherit);
  return LazyStream;
}

function define(prototype: object, name: PropertyKey, descriptor: PropertyDescriptor): void {
  Object.defineProperty(prototype, name, { ...descriptor, configurable: true, enumerable: false });
}
