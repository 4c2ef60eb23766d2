type Callback = (...args: unknown[]) => unknown;

const { setTimeout, clearTimeout, setInterval, clearInterval } = environment;

/** What Node gives for a timer; packages call `unref` on it. Converts to the number that scripts get. */
class Timeout {
  #id: number;
  readonly #start: () => number;
  readonly #end: (id: number) => void;

  constructor(start: () => number, end: (id: number) => void) {
    this.#start = start;
    this.#end = end;
    this.#id = start();
  }

  ref(): this {
    return this;
  }

  /** A call's end does not wait for timers, so there is nothing to let go of. */
  unref(): this {
    return this;
  }

  hasRef(): boolean {
    return true;
  }

  refresh(): this {
    this.close();
    this.#id = this.#start();
    return this;
  }

  close(): this {
    this.#end(this.#id);
    return this;
  }

  [Symbol.toPrimitive](): number {
    return this.#id;
  }
}

/** Node's Immediate: as a Timeout, without a number. */
class Immediate extends Timeout {}

function startTimeout(callback: Callback, ms = 1, ...args: unknown[]): Timeout {
  return new Timeout(() => setTimeout(() => callback(...args), ms), clearTimeout);
}

function startInterval(callback: Callback, ms = 1, ...args: unknown[]): Timeout {
  return new Timeout(() => setInterval(() => callback(...args), ms), clearInterval);
}

function startImmediate(callback: Callback, ...args: unknown[]): Immediate {
  return new Immediate(() => setTimeout(() => callback(...args), 0), clearTimeout);
}

/** Takes whatever was given for a timer: the object or its number. */
function stop(timer: unknown): void {
  if (timer instanceof Timeout) timer.close();
  else if (typeof timer === 'number') clearTimeout(timer);
}

function stopInterval(timer: unknown): void {
  if (timer instanceof Timeout) timer.close();
  else if (typeof timer === 'number') clearInterval(timer);
}

interface Abortable {
  readonly signal?: {
    readonly aborted: boolean;
    readonly reason: unknown;
    addEventListener(type: 'abort', listener: () => void, options: { once: true }): void;
  };
}

function waiting<T>(start: (done: () => void) => Timeout, value: T, options: Abortable = {}): Promise<T> {
  return new Promise((resolve, reject) => {
    const { signal } = options;
    if (signal?.aborted === true) return reject(signal.reason);
    const timer = start(() => resolve(value));
    signal?.addEventListener('abort', () => (timer.close(), reject(signal.reason)), { once: true });
  });
}

const wait = (ms?: number, value?: unknown, options?: Abortable) =>
  waiting((done) => startTimeout(done, ms), value, options);

async function* ticks(ms?: number, value?: unknown, options?: Abortable) {
  // oxlint-disable-next-line no-await-in-loop -- one tick after the other
  for (;;) yield await wait(ms, value, options);
}

const promises = {
  setTimeout: wait,
  setImmediate: (value?: unknown, options?: Abortable) =>
    waiting((done) => startImmediate(done), value, options),
  setInterval: ticks,
  scheduler: { wait, yield: () => wait(0) },
};

const promisified = Symbol.for('nodejs.util.promisify.custom');
Object.defineProperty(startTimeout, promisified, { value: promises.setTimeout });
Object.defineProperty(startImmediate, promisified, { value: promises.setImmediate });
for (const [name, timer] of Object.entries({
  setTimeout: startTimeout,
  setInterval: startInterval,
  setImmediate: startImmediate,
  clearTimeout: stop,
})) {
  Object.defineProperty(timer, 'name', { value: name });
}

export default {
  setTimeout: startTimeout,
  setInterval: startInterval,
  setImmediate: startImmediate,
  clearTimeout: stop,
  clearInterval: stopInterval,
  clearImmediate: stop,
  promises,
};
