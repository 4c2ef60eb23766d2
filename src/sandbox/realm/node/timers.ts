import { invalidArgument } from '../../boundary/coded-errors.js';
import { abortError } from '../kit/errors.js';
import { enrolment, hasEnrolment } from './ports/enrolment.js';
import type { Timer } from '../loader/environment.js';

const { timers } = environment;
const { setTimeout, setImmediate, clearTimeout, clearImmediate } = timers;

interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
  removeEventListener(type: 'abort', listener: () => void): void;
}
interface Options {
  readonly signal?: Signal;
  readonly ref?: unknown;
}

/** @throws TypeError for options that Node does not take */
function checkOptions(options: unknown): asserts options is Options {
  if (typeof options !== 'object' || options === null)
    throw invalidArgument('options', 'of type object', options);
  const { signal, ref = true } = options as { readonly signal?: unknown; readonly ref?: unknown };
  if (signal !== undefined && (typeof signal !== 'object' || signal === null || !('aborted' in signal)))
    throw invalidArgument('options.signal', 'an instance of AbortSignal', signal);
  if (typeof ref !== 'boolean') throw invalidArgument('options.ref', 'of type boolean', ref);
}

function checkDelay(ms: unknown): void {
  if (ms !== undefined && typeof ms !== 'number') throw invalidArgument('delay', 'of type number', ms);
}

/** Rejects with the errors of `check`, as Node's functions do. */
async function waiting<T>(
  start: (done: () => void) => Timer,
  clear: (timer: Timer) => void,
  value: T,
  options: unknown,
): Promise<T> {
  checkOptions(options);
  const { signal } = options;
  if (signal?.aborted === true) throw abortError(signal.reason);
  return new Promise((resolve, reject) => {
    const onAbort = (): void => {
      clear(timer);
      reject(abortError(signal?.reason));
    };
    const timer = start(() => {
      signal?.removeEventListener('abort', onAbort);
      resolve(value);
    });
    signal?.addEventListener('abort', onAbort, { once: true });
  });
}

async function wait(ms?: unknown, value?: unknown, options: unknown = {}): Promise<unknown> {
  checkDelay(ms);
  return waiting((done) => setTimeout(done, ms as number), clearTimeout, value, options);
}

async function* ticks(ms?: unknown, value?: unknown, options: unknown = {}): AsyncGenerator {
  checkDelay(ms);
  checkOptions(options);
  for (;;) yield await wait(ms, value, options);
}

const promises = {
  setTimeout: wait,
  setImmediate: async (value?: unknown, options: unknown = {}) =>
    waiting((done) => setImmediate(done), clearImmediate, value, options),
  setInterval: ticks,
  scheduler: {
    wait: async (ms?: unknown, options?: unknown) => wait(ms, undefined, options),
    yield: async () => promises.setImmediate(),
  },
};

/** The context's timers, their promise variants, and the old functions that only older Nodes have. */
export default { ...timers, ...(hasEnrolment() && enrolment), promises };
