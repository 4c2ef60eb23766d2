import type { Channel } from './channel.js';

/** Handles the requests of one method. An Observable is sent value by value; any other result is the reply. */
export type Handler = (payload: unknown, channel: Channel) => unknown;

/** The part of an Observable that is used; this part of the protocol does not import rxjs. */
interface Stream {
  subscribe(observer: { next(value: unknown): void; error(error: unknown): void; complete(): void }): {
    unsubscribe(): void;
  };
}

/** Runs a handler and settles the channel with its result or its error. Never rejects. */
export async function runHandler(
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
 * Subscribes exactly once: with an interceptor, a second subscription would run the handler again. Each value is held
 * back until the next, so that the last value is the final reply and a single value looks like a plain result.
 */
function relay(stream: Stream, channel: Channel, closed: AbortSignal): void {
  if (closed.aborted) return;
  let held: { readonly value: unknown } | undefined;
  // A stream may emit during `subscribe`, and the connection may close meanwhile.
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

/** The test of rxjs's `isObservable`, which also recognizes Observables of other copies of rxjs. */
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
