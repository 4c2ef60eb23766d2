import type { Channel } from './channel.js';

/** Serves the requests of one method. A returned stream is sent value by value, anything else is the reply. */
export type Handler = (payload: unknown, channel: Channel) => unknown;

/** As much of an Observable as we need; the pure part of the protocol does not know rxjs. */
interface Stream {
  subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }): {
    unsubscribe(): void;
  };
}

/** Runs a handler and settles the channel with what comes of it. Never rejects. */
export async function answer(
  handler: Handler,
  payload: unknown,
  channel: Channel,
  closed: AbortSignal,
): Promise<void> {
  try {
    const result = await handler(payload, channel);
    if (isStream(result)) relay(result, channel, closed);
    else channel.reply(result);
  } catch (error) {
    channel.fail(error);
  }
}

/**
 * Subscribes exactly once: with an interceptor bound, a second subscription would run the handler again.
 * Each value is held back until the next, so that the last one is the final reply and a stream of one value
 * looks like a plain result.
 */
function relay(stream: Stream, channel: Channel, closed: AbortSignal): void {
  if (closed.aborted) return;
  let held: { readonly value: unknown } | undefined;
  // A stream may emit, and so the connection close, while it is being subscribed to.
  let subscription: { unsubscribe(): void } | undefined;
  const stop = (): void => subscription?.unsubscribe();
  const ended = (): void => closed.removeEventListener('abort', stop);
  closed.addEventListener('abort', stop, { once: true });
  subscription = stream.subscribe({
    next(value) {
      if (held !== undefined) channel.next(held.value);
      held = { value };
    },
    error(error) {
      ended();
      channel.fail(error);
    },
    complete() {
      ended();
      channel.reply(held?.value);
    },
  });
  if (closed.aborted) stop();
}

/** The same test as rxjs's own `isObservable`, which knows Observables of other copies of it, too. */
function isStream(value: unknown): value is Stream {
  return (
    typeof value === 'object' &&
    value !== null &&
    'lift' in value &&
    typeof value.lift === 'function' &&
    'subscribe' in value &&
    typeof value.subscribe === 'function'
  );
}
