import type { GuardedHost } from './kit/guard.js';
import { String, Symbol, contains, get, installed, sourceOf, stringify } from './kit/primordials.js';
import { takesNothing } from './parameters.js';

const { asyncIterator } = Symbol;

/** Describes a thrown value. Each property is read once, since a getter or a proxy may return something else next time. */
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

/** Reports the result or the error of a script to the host, which keeps the first one. */
export class ResultReporter {
  /** Whether the client takes the values of an async generator. */
  streams = false;
  /** Counts the calls of a reused context: code that an earlier call left behind reports nothing. */
  #round = 0;

  constructor(
    private readonly host: GuardedHost,
    private readonly inspect: (value: unknown) => string,
  ) {}

  /** Begins the next call of the script. */
  next(): void {
    this.#round += 1;
  }

  /** Reports a result. A value that JSON cannot express (`undefined`, a function, a symbol) is null. */
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
   * Calls the callee through the caller. A promise that the caller returns is the result if it resolves to anything but
   * `undefined`: with `undefined` the callback may still be called, as in the upstream service. Under the default caller, a
   * callee that takes no callback has no other result; then `undefined` is reported, as null. One that declares no parameter
   * at all answers with what it returns, whatever that is.
   */
  readonly invoke = (callee: (cb: unknown) => unknown, caller: unknown): void => {
    const round = this.#round;
    const cb = (value?: unknown): void => {
      if (round === this.#round) this.returned(value);
    };
    try {
      if (caller === undefined) {
        const isPlain = takesNothing(callee);
        const takesCallback = callee.length > 0;
        const returned = callee(cb);
        if (this.#follow(round, returned, !takesCallback)) return;
        if (isPlain) cb(returned);
        else this.host('unanswered')('returned');
      } else if (
        !this.#follow(round, (caller as (callee: unknown, cb: unknown) => unknown)(callee, cb), false)
      ) {
        this.host('unanswered')('caller');
      }
    } catch (error) {
      this.threw(error);
    }
  };

  /** Waits for a promise or a generator. @returns false for any other value */
  #follow(round: number, returned: unknown, undefinedCounts: boolean): boolean {
    if (returned === null || (typeof returned !== 'object' && typeof returned !== 'function')) return false;
    if (this.streams && isGenerator(returned)) void this.#iterate(round, returned);
    else if (typeof get(returned, 'then') === 'function') void this.#settle(round, returned, undefinedCounts);
    else return false;
    return true;
  }

  /** Streams each value that the generator yields; its return value is the result. */
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

  // `await` on a promise of this realm does not read Promise.prototype.then, which a script may have replaced.
  async #settle(round: number, promise: unknown, undefinedCounts: boolean): Promise<void> {
    try {
      const value = await promise;
      if (round !== this.#round) return;
      if (value !== undefined || undefinedCounts) this.returned(value);
      else this.host('unanswered')('resolved');
    } catch (error) {
      if (round === this.#round) this.threw(error);
    }
  }
}

function isGenerator(value: object): value is AsyncGenerator {
  return typeof get(value, asyncIterator) === 'function' && typeof get(value, 'next') === 'function';
}

/** Whether a function under the name of a builtin is that builtin, rather than a function of the script. */
export function isBuiltin(name: string, callee: unknown): boolean {
  return installed[name] === callee || contains(sourceOf(callee), '[native code]');
}
