import { coded, invalidArgument } from '../../../boundary/coded-errors.js';
import { defineReadOnly, named } from '../../kit/define.js';

type Callback = (error: unknown, ...values: unknown[]) => void;
type AnyFunction = (this: unknown, ...args: unknown[]) => unknown;

const custom = Symbol.for('nodejs.util.promisify.custom');

function requireFunction(name: string, value: unknown): asserts value is AnyFunction {
  if (typeof value !== 'function') throw invalidArgument(name, 'of type function', value);
}

function copyProperties(from: AnyFunction, to: AnyFunction): AnyFunction {
  Object.setPrototypeOf(to, Object.getPrototypeOf(from) as object);
  return Object.defineProperties(to, Object.getOwnPropertyDescriptors(from));
}

/** Converts a function that takes a Node callback to one that returns a promise. */
export const promisify = Object.assign(
  function promisify(original: unknown): AnyFunction {
    requireFunction('original', original);
    const own = (original as AnyFunction & { [custom]?: unknown })[custom];
    if (own !== undefined && own !== null) {
      requireFunction('util.promisify.custom', own);
      defineReadOnly(own, custom, own);
      return own;
    }
    const promised: AnyFunction = function (...args) {
      return new Promise((resolve, reject) => {
        const done: Callback = (error, value) => (error ? reject(error) : resolve(value));
        Reflect.apply(original, this, [...args, done]);
      });
    };
    defineReadOnly(promised, custom, promised);
    return copyProperties(original, promised);
  },
  { custom },
);

/** Converts a function that returns a promise to one that takes a Node callback. */
export function callbackify(original: unknown): AnyFunction {
  requireFunction('original', original);
  const called: AnyFunction = function (...args) {
    const callback = args.pop();
    requireFunction('last argument', callback);
    const later = (...values: unknown[]) => environment.nextTick(() => Reflect.apply(callback, this, values));
    (Reflect.apply(original, this, args) as Promise<unknown>).then(
      (value) => later(null, value),
      (reason: unknown) => later(reason || falsyRejection(reason)),
    );
  };
  return named(`${original.name}Callbackified`, called);
}

function falsyRejection(reason: unknown): Error {
  const error = new Error('Promise was rejected with falsy value');
  return Object.assign(coded(error, 'ERR_FALSY_VALUE_REJECTION'), { reason });
}
