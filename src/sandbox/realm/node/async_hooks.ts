import { accessDenied } from '../../boundary/coded-errors.js';

let lastId = 1;

/** Node's AsyncResource, without async tracking: entering one has no effect on other code. */
class AsyncResource {
  readonly #asyncId = ++lastId;

  constructor(readonly type: string) {}

  runInAsyncScope<A extends unknown[], R>(run: (...args: A) => R, thisArg?: unknown, ...args: A): R {
    return Reflect.apply(run, thisArg, args);
  }

  bind<F extends (...args: never[]) => unknown>(run: F, thisArg?: unknown): F {
    return (thisArg === undefined ? run : run.bind(thisArg as object)) as F;
  }

  static bind<F extends (...args: never[]) => unknown>(run: F, _type?: string, thisArg?: unknown): F {
    return new AsyncResource('bound').bind(run, thisArg);
  }

  emitDestroy(): this {
    return this;
  }

  asyncId(): number {
    return this.#asyncId;
  }

  triggerAsyncId(): number {
    return 1;
  }
}

/**
 * Can be constructed, since packages do so while they load. A store could not follow a promise here, and losing it on the way
 * is worse than refusing it: so nothing can be stored.
 */
class AsyncLocalStorage {
  getStore(): undefined {
    return undefined;
  }

  disable(): void {}

  run(): never {
    throw accessDenied('AsyncLocalStorage.run');
  }

  enterWith(): never {
    throw accessDenied('AsyncLocalStorage.enterWith');
  }

  exit<A extends unknown[], R>(run: (...args: A) => R, ...args: A): R {
    return run(...args);
  }

  static bind<F>(run: F): F {
    return run;
  }

  static snapshot() {
    return <A extends unknown[], R>(run: (...args: A) => R, ...args: A): R => run(...args);
  }
}

export default {
  AsyncResource,
  AsyncLocalStorage,
  createHook: () => {
    const hook = { enable: () => hook, disable: () => hook };
    return hook;
  },
  executionAsyncId: () => 1,
  triggerAsyncId: () => 1,
  executionAsyncResource: () => ({}),
};
