import { INSPECT, type InspectOptions, inspected } from '../kit/inspected.js';
import { invalidThis, missingArguments } from '../kit/errors.js';

interface EventOptions {
  readonly bubbles?: unknown;
  readonly cancelable?: unknown;
  readonly composed?: unknown;
}

/** The state of an event that `EventTarget` changes. */
export interface Dispatch {
  target: object | null;
  current: object | null;
  isDispatched: boolean;
  isStopped: boolean;
  inPassiveListener: boolean;
}

let dispatchIn: (value: object) => Dispatch | undefined = () => undefined;

/** The standard's Event, without a tree of targets. */
export class Event {
  static readonly NONE = 0;
  static readonly CAPTURING_PHASE = 1;
  static readonly AT_TARGET = 2;
  static readonly BUBBLING_PHASE = 3;
  static {
    dispatchIn = (value) => (#dispatch in value ? value.#dispatch : undefined);
  }

  readonly #type: string;
  readonly #options: EventOptions;
  readonly #timeStamp = environment.now();
  readonly #dispatch: Dispatch = {
    target: null,
    current: null,
    isDispatched: false,
    isStopped: false,
    inPassiveListener: false,
  };
  #isCancelled = false;
  #isPropagationStopped = false;

  constructor(type: unknown, options: EventOptions | null = null) {
    if (arguments.length === 0) throw missingArguments('type');
    this.#type = String(type);
    this.#options = options ?? {};
  }

  get type(): string {
    return this.#type;
  }

  get target(): object | null {
    return dispatchOf(this).target;
  }

  get srcElement(): object | null {
    return dispatchOf(this).target;
  }

  get currentTarget(): object | null {
    return dispatchOf(this).current;
  }

  get bubbles(): boolean {
    return Boolean(this.#options.bubbles);
  }

  get cancelable(): boolean {
    return Boolean(this.#options.cancelable);
  }

  get composed(): boolean {
    return Boolean(this.#options.composed);
  }

  get defaultPrevented(): boolean {
    return this.#isCancelled;
  }

  get returnValue(): boolean {
    return !this.#isCancelled;
  }

  get eventPhase(): number {
    return dispatchOf(this).isDispatched ? Event.AT_TARGET : Event.NONE;
  }

  get timeStamp(): number {
    return this.#timeStamp;
  }

  get isTrusted(): boolean {
    return false;
  }

  get cancelBubble(): boolean {
    return this.#isPropagationStopped;
  }

  set cancelBubble(value: unknown) {
    if (value) this.stopPropagation();
  }

  get [Symbol.toStringTag](): string {
    return 'Event';
  }

  [INSPECT](depth: number | null, options: InspectOptions): unknown {
    const { name } = this.constructor;
    if (depth !== null && depth < 0) return name;
    const { type, defaultPrevented, cancelable, timeStamp } = this;
    return inspected(this, name, { type, defaultPrevented, cancelable, timeStamp }, depth, options);
  }

  composedPath(): object[] {
    const { current } = dispatchOf(this);
    return current === null ? [] : [current];
  }

  preventDefault(): void {
    if (this.cancelable && !dispatchOf(this).inPassiveListener) this.#isCancelled = true;
  }

  stopPropagation(): void {
    this.#isPropagationStopped = true;
  }

  stopImmediatePropagation(): void {
    this.#isPropagationStopped = true;
    dispatchOf(this).isStopped = true;
  }
}

/** The standard's CustomEvent. */
export class CustomEvent extends Event {
  readonly #detail: unknown;

  constructor(type: unknown, options: (EventOptions & { readonly detail?: unknown }) | null = null) {
    if (arguments.length === 0) throw missingArguments('type');
    super(type, options);
    this.#detail = options?.detail ?? null;
  }

  get detail(): unknown {
    return this.#detail;
  }

  override get [Symbol.toStringTag](): string {
    return 'CustomEvent';
  }
}

/** @throws TypeError for a value that is not an event */
export function dispatchOf(event: Event): Dispatch {
  const found = dispatchIn(event);
  if (found === undefined) throw invalidThis('Event');
  return found;
}

export const isEvent = (value: unknown): value is Event =>
  typeof value === 'object' && value !== null && dispatchIn(value) !== undefined;
