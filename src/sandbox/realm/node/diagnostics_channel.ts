type Subscriber = (message: unknown, name: string | symbol) => void;

/** A named channel; `publish` calls the subscribers of this context. */
class Channel {
  #subscribers: readonly Subscriber[] = [];

  constructor(readonly name: string | symbol) {}

  get hasSubscribers(): boolean {
    return this.#subscribers.length > 0;
  }

  subscribe(subscriber: Subscriber): void {
    this.#subscribers = [...this.#subscribers, subscriber];
  }

  unsubscribe(subscriber: Subscriber): boolean {
    const before = this.#subscribers.length;
    this.#subscribers = this.#subscribers.filter((other) => other !== subscriber);
    return this.#subscribers.length < before;
  }

  runStores(context: unknown, run: Traced, that?: unknown, ...args: unknown[]): unknown {
    this.publish(context);
    return Reflect.apply(run, that, args);
  }

  publish(message: unknown): void {
    for (const subscriber of this.#subscribers) subscriber(message, this.name);
  }
}

const channels = new Map<string | symbol, Channel>();

function channel(name: string | symbol): Channel {
  const known = channels.get(name);
  if (known !== undefined) return known;
  const created = new Channel(name);
  channels.set(name, created);
  return created;
}

const EVENTS = ['start', 'end', 'asyncStart', 'asyncEnd', 'error'] as const;
type Traced = (this: unknown, ...args: unknown[]) => unknown;

/** Five channels for the start, the end and the result of an operation. */
class TracingChannel {
  readonly start: Channel;
  readonly end: Channel;
  readonly asyncStart: Channel;
  readonly asyncEnd: Channel;
  readonly error: Channel;

  constructor(of: string | Record<(typeof EVENTS)[number], Channel>) {
    const event = (name: (typeof EVENTS)[number]) =>
      typeof of === 'string' ? channel(`tracing:${of}:${name}`) : of[name];
    this.start = event('start');
    this.end = event('end');
    this.asyncStart = event('asyncStart');
    this.asyncEnd = event('asyncEnd');
    this.error = event('error');
  }

  get hasSubscribers(): boolean {
    return EVENTS.some((event) => this[event].hasSubscribers);
  }

  subscribe(handlers: Partial<Record<(typeof EVENTS)[number], Subscriber>>): void {
    for (const event of EVENTS) if (handlers[event] !== undefined) this[event].subscribe(handlers[event]);
  }

  unsubscribe(handlers: Partial<Record<(typeof EVENTS)[number], Subscriber>>): boolean {
    return EVENTS.map(
      (event) => handlers[event] === undefined || this[event].unsubscribe(handlers[event]),
    ).every(Boolean);
  }

  traceSync(traced: Traced, context: Context = {}, that?: unknown, ...args: unknown[]): unknown {
    if (!this.hasSubscribers) return Reflect.apply(traced, that, args);
    this.start.publish(context);
    try {
      return (context['result'] = Reflect.apply(traced, that, args));
    } catch (error) {
      this.#failed(context, error);
      throw error;
    } finally {
      this.end.publish(context);
    }
  }

  async tracePromise(
    traced: Traced,
    context: Context = {},
    that?: unknown,
    ...args: unknown[]
  ): Promise<unknown> {
    if (!this.hasSubscribers) return Reflect.apply(traced, that, args);
    this.start.publish(context);
    let promise: unknown;
    try {
      promise = Reflect.apply(traced, that, args);
    } finally {
      this.end.publish(context);
    }
    try {
      return (context['result'] = await promise);
    } catch (error) {
      this.#failed(context, error);
      throw error;
    } finally {
      this.asyncStart.publish(context);
      this.asyncEnd.publish(context);
    }
  }

  #failed(context: Context, error: unknown): void {
    context['error'] = error;
    this.error.publish(context);
  }
}

type Context = Record<string, unknown>;

export default {
  tracingChannel: (of: string | Record<(typeof EVENTS)[number], Channel>) => new TracingChannel(of),
  Channel,
  channel,
  hasSubscribers: (name: string | symbol) => channels.get(name)?.hasSubscribers ?? false,
  subscribe: (name: string | symbol, subscriber: Subscriber) => channel(name).subscribe(subscriber),
  unsubscribe: (name: string | symbol, subscriber: Subscriber) => channel(name).unsubscribe(subscriber),
};
