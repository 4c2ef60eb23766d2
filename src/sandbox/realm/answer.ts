import type { GuardedHost } from './kit/guard.js';
import { String, Symbol, contains, get, installed, sourceOf, stringify } from './kit/primordials.js';

const { asyncIterator } = Symbol;

/** Describes anything thrown by reading each property once: getters and proxies may do what they like. */
export function describe(thrown: unknown, inspect: (value: unknown) => string): [string, string, string?] {
  if (thrown === null || (typeof thrown !== 'object' && typeof thrown !== 'function')) {
    const text = String(thrown);
    return [text, text];
  }
  const name = read(thrown, 'name');
  const message = read(thrown, 'message') ?? textOf(() => inspect(thrown)) ?? '';
  const stack = read(thrown, 'stack');
  return stack === undefined ? [name || 'Error', message] : [name || 'Error', message, stack];
}

function read(from: object, key: string): string | undefined {
  return textOf(() => get(from, key) as unknown);
}

function textOf(action: () => unknown): string | undefined {
  try {
    const value = action();
    return typeof value === 'string' ? value : undefined;
  } catch {
    return undefined;
  }
}

/** The reply side of one execution: whatever comes first is the answer, the host drops the rest. */
export class Answer {
  /** Whether somebody hears what an async generator yields. */
  streams = false;
  /** Counts the calls of a context that stays: what an earlier one has left answers nothing. */
  #round = 0;

  constructor(
    private readonly host: GuardedHost,
    private readonly inspect: (value: unknown) => string,
  ) {}

  /** The next call of the script begins. */
  next(): void {
    this.#round += 1;
  }

  /** What JSON cannot say (`undefined`, a function, a symbol) is null. */
  readonly returned = (value: unknown): void => {
    let json: unknown;
    try {
      json = stringify(value);
    } catch (error) {
      return this.threw(error);
    }
    this.host('returned')(typeof json === 'string' ? json : 'null');
  };

  readonly threw = (thrown: unknown): void => {
    const [name, message, stack] = describe(thrown, this.inspect);
    this.host('threw')(name, message, stack);
  };

  /**
   * Calls the callee through the caller. A promise that the caller returns answers when it resolves to
   * anything but `undefined`: with `undefined` the callback may still come, as in the original. Only a callee
   * that takes no callback, under the default caller, has nothing else to answer with: then it is null.
   */
  readonly invoke = (callee: (cb: unknown) => unknown, caller: unknown): void => {
    const round = this.#round;
    const cb = (value?: unknown): void => {
      if (round === this.#round) this.returned(value);
    };
    try {
      if (caller === undefined) {
        const takesCallback = callee.length > 0;
        this.#follow(round, callee(cb), !takesCallback);
      } else {
        this.#follow(round, (caller as (callee: unknown, cb: unknown) => unknown)(callee, cb), false);
      }
    } catch (error) {
      this.threw(error);
    }
  };

  #follow(round: number, returned: unknown, undefinedAnswers: boolean): void {
    if (returned === null || (typeof returned !== 'object' && typeof returned !== 'function')) return;
    if (this.streams && isGenerator(returned)) return void this.#iterate(round, returned);
    if (typeof get(returned, 'then') === 'function') void this.#settle(round, returned, undefinedAnswers);
  }

  /** Each value as it is yielded; what the generator returns is the answer. */
  async #iterate(round: number, generator: AsyncGenerator): Promise<void> {
    try {
      for (;;) {
        const step = (await generator.next()) as { readonly done?: boolean; readonly value: unknown };
        if (round !== this.#round) return;
        if (step.done === true) return this.returned(step.value);
        const json = stringify(step.value) as unknown;
        this.host('yielded')(typeof json === 'string' ? json : 'null');
      }
    } catch (error) {
      if (round === this.#round) this.threw(error);
    }
  }

  // `await` on a promise of this realm does not look at Promise.prototype.then, which a script may have replaced.
  async #settle(round: number, promise: unknown, undefinedAnswers: boolean): Promise<void> {
    try {
      const value = await promise;
      if (round === this.#round && (value !== undefined || undefinedAnswers)) this.returned(value);
    } catch (error) {
      if (round === this.#round) this.threw(error);
    }
  }
}

function isGenerator(value: object): value is AsyncGenerator {
  return typeof get(value, asyncIterator) === 'function' && typeof get(value, 'next') === 'function';
}

/** Whether a function found under the name of a builtin is that builtin, and not the script's own. */
export function isBuiltin(name: string, callee: unknown): boolean {
  return installed[name] === callee || contains(sourceOf(callee), '[native code]');
}
