import { abortError } from '../kit/errors.js';
import type { Timer } from '../loader/environment.js';

const { timers } = environment;
const { setTimeout, setImmediate } = timers;

interface Abortable {
  readonly signal?: {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
  };
}

function waiting<T>(start: (done: () => void) => Timer, value: T, options: Abortable = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    if (signal?.aborted === true) return reject(abortError(signal.reason));
    const timer = start(() => resolve(value));
    signal?.addEventListener('abort', () => (timer.close(), reject(abortError(signal.reason))), {
      once: true,
    });
  });
}

const wait = (ms?: number, value?: unknown, options?: Abortable) =>
  waiting((done) => setTimeout(done, ms), value, options);

async function* ticks(ms?: number, value?: unknown, options?: Abortable) {
  for (;;) yield await wait(ms, value, options);
}

const promises = {
  setTimeout: wait,
  setImmediate: (value?: unknown, options?: Abortable) =>
    waiting((done) => setImmediate(done), value, options),
  setInterval: ticks,
  scheduler: { wait, yield: () => wait(0) },
};

/** The context's timers, and their promise variants. */
export default { ...timers, promises };
