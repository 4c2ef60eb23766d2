import { invalidArgument, outOfRange } from '../../boundary/coded-errors.js';
import { illegalConstructor } from '../kit/errors.js';
import { Dependents } from './dependents.js';
import { DOMException } from './dom-exception.js';
import { INSPECT, type InspectOptions, inspected } from '../kit/inspected.js';
import { EventTarget, listenersChanged } from './event-target.js';
import { Event } from './event.js';

/** The longest delay of a signal, in milliseconds. */
const LONGEST_DELAY = 2 ** 32 - 1;

const making = Symbol('making');
/** Creates a signal and the function that aborts it, which only its controller has. */
let makeSignal: () => { readonly signal: AbortSignal; readonly abort: (reason: unknown) => void };

/** The standard's AbortSignal. */
export class AbortSignal extends EventTarget {
  #aborted = false;
  #reason: unknown = undefined;
  #onabort: unknown = null;
  /** The signals that a signal of `any` follows; none of them was itself made by `any`. */
  #sources: ReadonlySet<AbortSignal> | undefined;
  readonly #dependents = new Dependents<AbortSignal>();

  constructor(...[token]: [token?: unknown]) {
    if (token !== making) throw illegalConstructor();
    super();
  }

  static abort(reason: unknown = aborted()): AbortSignal {
    const signal = new AbortSignal(making);
    signal.#abort(reason);
    return signal;
  }

  static timeout(ms: unknown): AbortSignal {
    if (typeof ms !== 'number') throw invalidArgument('delay', 'of type number', ms);
    if (!Number.isInteger(ms)) throw outOfRange('delay', 'an integer', ms);
    if (ms < 0 || ms > LONGEST_DELAY) throw outOfRange('delay', `>= 0 && <= ${LONGEST_DELAY}`, ms);
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
    else made.#follow(sources);
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

  override [INSPECT](depth: number | null, options: InspectOptions): unknown {
    return inspected(this, 'AbortSignal', { aborted: this.#aborted }, depth, options);
  }

  override [listenersChanged](type: string, count: number): void {
    if (type !== 'abort') return;
    for (const source of this.#sources ?? []) source.#dependents.hold(this, count > 0);
  }

  /** Follows the sources of signals that `any` made, so that no signal has to pass an abort on. */
  #follow(signals: readonly AbortSignal[]): void {
    const sources = new Set(signals.flatMap((signal) => [...(signal.#sources ?? [signal])]));
    this.#sources = sources;
    for (const source of sources) source.#dependents.add(this);
  }

  #abort(reason: unknown): void {
    if (this.#aborted) return;
    const dependents = this.#dependents.takeAll().filter((signal) => !signal.#aborted);
    for (const signal of [this, ...dependents]) signal.#become(reason);
    for (const signal of [this, ...dependents]) signal.dispatchEvent(new Event('abort'));
  }

  /** Marks the signal as aborted; its event comes later. */
  #become(reason: unknown): void {
    this.#aborted = true;
    this.#reason = reason;
    for (const source of this.#sources ?? []) source.#dependents.delete(this);
    this.#sources = undefined;
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

  [INSPECT](depth: number | null, options: InspectOptions): unknown {
    return inspected(this, 'AbortController', { signal: this.signal }, depth, options);
  }
}

function aborted(): DOMException {
  return new DOMException('This operation was aborted', 'AbortError');
}
