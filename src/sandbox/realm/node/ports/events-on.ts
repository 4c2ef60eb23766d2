import { abortError } from '../../kit/errors.js';
import type { Signal } from './events-once.js';

type Listener = (...args: unknown[]) => void;

interface Emitter {
  on(type: string | symbol, listener: Listener): unknown;
  removeListener(type: string | symbol, listener: Listener): unknown;
}

/**
 * Node's `events.on`: an iterator over the arguments of an event. It ends with an event of `close`, after what has come by
 * then, and fails with `error`.
 */
export function on(
  emitter: Emitter,
  type: string | symbol,
  { signal, close = [] }: { signal?: Signal; close?: readonly (string | symbol)[] } = {},
): AsyncIterableIterator<unknown[]> {
  const arrived: unknown[][] = [];
  const waiting: {
    resolve: (result: IteratorResult<unknown[]>) => void;
    reject: (error: unknown) => void;
  }[] = [];
  let failure: { readonly error: unknown } | undefined;
  let ended = false;

  const onEvent: Listener = (...args) => {
    const first = waiting.shift();
    if (first === undefined) arrived.push(args);
    else first.resolve({ value: args, done: false });
  };
  const onError: Listener = (error) => {
    const first = waiting.shift();
    if (first === undefined) failure = { error };
    else first.reject(error);
    end();
  };
  const onAbort = () => onError(abortError(signal?.reason));
  function end() {
    ended = true;
    emitter.removeListener(type, onEvent);
    emitter.removeListener('error', onError);
    for (const closing of close) emitter.removeListener(closing, end);
    signal?.removeEventListener('abort', onAbort);
    for (const { resolve } of waiting.splice(0)) resolve({ value: undefined, done: true });
  }

  if (signal?.aborted === true) throw abortError(signal.reason);
  signal?.addEventListener('abort', onAbort, { once: true });
  emitter.on(type, onEvent);
  if (type !== 'error') emitter.on('error', onError);
  for (const closing of close) emitter.on(closing, end);
  return {
    next() {
      const value = arrived.shift();
      if (value !== undefined) return Promise.resolve({ value, done: false });
      if (failure !== undefined) {
        const { error } = failure;
        failure = undefined;
        return Promise.reject(error);
      }
      if (ended) return Promise.resolve({ value: undefined, done: true });
      return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
    },
    return() {
      end();
      return Promise.resolve({ value: undefined, done: true });
    },
    throw(error) {
      end();
      return Promise.reject(error);
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
