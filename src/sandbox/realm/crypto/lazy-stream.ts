/* oxlint-disable no-underscore-dangle -- names of Node's */
import { define, defineAccessor, defineHidden } from '../kit/define.js';
import { oldClass } from '../kit/old-class.js';
import { type OldClass, part } from '../kit/parts.js';

type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;
interface Layer {
  readonly prototype: object;
}

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

interface Options {
  readonly defaultEncoding?: unknown;
}
/** An object of such a class; Node keeps its options under this name. */
interface LazyStream {
  _options?: Options;
  _writableState: { decodeStrings: boolean; defaultEncoding: string };
}

/**
 * Makes the objects of a class streams when they are used as streams, as in Node: loading the stream classes takes many
 * times as long as a hash. The class inherits from the real one once that is loaded.
 */
function makeLazy(layer: Layer, kind: 'Transform' | 'Writable', init: (stream: LazyStream) => void): void {
  const { prototype } = layer;

  function inherit(): OldClass<object> {
    const Stream = part('stream')[kind];
    if (Object.getPrototypeOf(prototype) !== Stream.prototype) {
      for (const name of METHODS) Reflect.deleteProperty(prototype, name);
      Object.setPrototypeOf(prototype, Stream.prototype);
      Object.setPrototypeOf(layer, Stream);
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
  for (const state of ['_readableState', '_writableState'] as const) {
    defineAccessor(
      prototype,
      state,
      {
        get(this: LazyStream & Record<string, unknown>): unknown {
          const Stream = inherit();
          if (kind === 'Writable' && state === '_readableState') return undefined;
          Reflect.apply(Stream, this, [this._options]);
          init(this);
          return this[state];
        },
        set(this: object, value: unknown) {
          define(this, state, value);
        },
      },
      kind === 'Transform',
    );
  }
  environment.onBuiltin('stream', inherit);
}

/** Node's base of `Hash`, `Hmac` and the ciphers. */
export const LazyTransform = oldClass<[options?: Options], LazyStream>('LazyTransform', function (options) {
  this._options = options as Options;
});

makeLazy(LazyTransform, 'Transform', (stream) => {
  const { _options: options, _writableState: state } = stream;
  state.decodeStrings = false;
  if (!options?.defaultEncoding) state.defaultEncoding = 'buffer';
});

/** Makes a class inherit from `Writable`. */
export function lazyWritable(layer: Layer): void {
  makeLazy(layer, 'Writable', () => undefined);
}
