import { invalidArgument } from '../../../boundary/coded-errors.js';
import { abortError } from '../../kit/errors.js';

type Listener = (...args: unknown[]) => void;

interface Emitter {
  once?(type: string | symbol, listener: Listener): unknown;
  removeListener?(type: string | symbol, listener: Listener): unknown;
  addEventListener?(type: string, listener: Listener, options: { once: true }): void;
  removeEventListener?(type: string, listener: Listener): void;
}
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}

/** Node's `events.once`: the arguments of the next event of an emitter, or the event of a target. */
export async function once(emitter: Emitter, type: string | symbol, { signal }: { signal?: Signal } = {}) {
  return new Promise<unknown[]>((resolve, reject) => {
    if (signal?.aborted === true) return reject(abortError(signal.reason));
    const listens = listening(emitter, type);
    const onAbort = () => {
      end();
      reject(abortError(signal?.reason));
    };
    const stop = listens(
      (...args) => {
        end();
        resolve(args);
      },
      (error) => {
        end();
        reject(error);
      },
    );
    const end = () => {
      stop();
      signal?.removeEventListener('abort', onAbort);
    };
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

/** Returns a function that listens for the event and for errors, and returns a function that stops listening. */
function listening(emitter: Emitter, type: string | symbol) {
  return (done: Listener, failed: Listener): (() => void) => {
    if (typeof emitter.once === 'function') {
      emitter.once(type, done);
      if (type !== 'error') emitter.once('error', failed);
      return () => {
        emitter.removeListener?.(type, done);
        emitter.removeListener?.('error', failed);
      };
    }
    if (typeof emitter.addEventListener !== 'function')
      throw invalidArgument('emitter', 'an instance of EventEmitter', emitter);
    emitter.addEventListener(String(type), done, { once: true });
    return () => emitter.removeEventListener?.(String(type), done);
  };
}

/** Node's `events.addAbortListener`. */
export function addAbortListener(signal: Signal, listener: () => void): object {
  if (typeof listener !== 'function') throw invalidArgument('listener', 'of type function', listener);
  if (signal.aborted) environment.queueMicrotask(() => listener());
  else signal.addEventListener('abort', listener, { once: true });
  const dispose = (Symbol as unknown as { dispose?: symbol }).dispose;
  const removed = () => signal.removeEventListener('abort', listener);
  return dispose === undefined ? { dispose: removed } : { [dispose]: removed };
}
