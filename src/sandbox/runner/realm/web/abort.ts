import { invalidArgument } from '../modules/errors.js';
import { DOMException } from './dom-exception.js';
import { EventTarget } from './event-target.js';
import { Event } from './event.js';

const making = Symbol('making');
/** A signal, and the way to abort it, which is the controller's alone. */
let makeSignal: () => { readonly signal: AbortSignal; readonly abort: (reason: unknown) => void };

/** The standard's AbortSignal. */
export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  #onabort: unknown = null;
  /** Those that abort with this one. */
  readonly #dependents = new Set<AbortSignal>();

  constructor(token?: unknown) {
    if (token !== making)
      throw Object.assign(new TypeError('Illegal constructor'), { code: 'ERR_ILLEGAL_CONSTRUCTOR' });
    super();
  }

  static abort(reason: unknown = aborted()): AbortSignal {
    const signal = new AbortSignal(making);
    signal.#abort(reason);
    return signal;
  }

  static timeout(ms: unknown): AbortSignal {
    if (typeof ms !== 'number') throw invalidArgument('delay', 'of type number', ms);
    const signal = new AbortSignal(making);
    environment.timers.setTimeout(() => {
      signal.#abort(new DOMException('The operation was aborted due to timeout', 'TimeoutError'));
    }, ms);
    return signal;
  }

  static any(signals: Iterable<unknown>): AbortSignal {
    const made = new AbortSignal(making);
    const sources = [...signals].map((source, index) => {
      if (source instanceof AbortSignal) return source;
      throw invalidArgument(`signals[${index}]`, 'an instance of AbortSignal', source);
    });
    const done = sources.find((source) => source.#aborted);
    if (done !== undefined) made.#abort(done.#reason);
    else for (const source of sources) source.#dependents.add(made);
    return made;
  }

  static {
    makeSignal = () => {
      const signal = new AbortSignal(making);
      return { signal, abort: (reason) => signal.#abort(reason) };
    };
  }

  get aborted(): boolean {
    return this.#aborted;
  }

  get reason(): unknown {
    return this.#reason;
  }

  get onabort(): unknown {
    return this.#onabort;
  }

  set onabort(handler: unknown) {
    if (this.#onabort !== null) this.removeEventListener('abort', this.#onabort);
    this.#onabort = typeof handler === 'function' ? handler : null;
    if (this.#onabort !== null) this.addEventListener('abort', this.#onabort);
  }

  override get [Symbol.toStringTag](): string {
    return 'AbortSignal';
  }

  throwIfAborted(): void {
    if (this.#aborted) throw this.#reason;
  }

  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `AbortSignal ${inspect({ aborted: this.#aborted }, options)}`;
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    this.#aborted = true;
    this.#reason = reason;
    const dependents = [...this.#dependents].filter((signal) => !signal.#aborted);
    for (const signal of dependents) signal.#become(reason);
    this.dispatchEvent(new Event('abort'));
    for (const signal of dependents) signal.dispatchEvent(new Event('abort'));
  }

  /** Aborted before anybody hears of it. */
  #become(reason: unknown): void {
    this.#aborted = true;
    this.#reason = reason;
  }
}

/** The standard's AbortController. */
export class AbortController {
  readonly #made = makeSignal();

  get signal(): AbortSignal {
    return this.#made.signal;
  }

  get [Symbol.toStringTag](): string {
    return 'AbortController';
  }

  abort(reason: unknown = aborted()): void {
    this.#made.abort(reason);
  }

  [Symbol.for('nodejs.util.inspect.custom')](
    _depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    return `AbortController ${inspect({ signal: this.signal }, options)}`;
  }
}

function aborted(): DOMException {
  return new DOMException('This operation was aborted', 'AbortError');
}
