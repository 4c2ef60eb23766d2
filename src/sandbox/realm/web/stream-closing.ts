import { defineAccessor, defineHidden } from '../kit/define.js';

/** The inner state of a stream of the port. */
interface Inner {
  _state: string;
  readonly _storedError: unknown;
  readonly _readableStreamController?: Controller;
  readonly _writableStreamController?: Controller;
}
interface Controller {
  error(reason: unknown): void;
}
interface Closing {
  readonly promise: Promise<void>;
}

const ERROR = Symbol.for('nodejs.webstream.controllerErrorFunction');

/**
 * Gives web streams what Node's have for `stream`: a method by which a signal makes them fail, and the member by which `stream.finished` learns of their end, as Node's have it: a promise that settles once
 * the stream is closed or has failed. The state of a stream is watched only from the first use on.
 */
export function addClosing(
  streams: Readonly<Record<'ReadableStream' | 'WritableStream', { readonly prototype: object }>>,
): void {
  const closings = new WeakMap<Inner, Closing>();
  defineHidden(streams.ReadableStream.prototype, ERROR, function (this: Inner, error: unknown) {
    this['_readableStreamController']?.error(error);
  });
  defineHidden(streams.WritableStream.prototype, ERROR, function (this: Inner, error: unknown) {
    this['_writableStreamController']?.error(error);
  });
  for (const { prototype } of [streams.ReadableStream, streams.WritableStream])
    defineAccessor(
      prototype,
      Symbol.for('nodejs.webstream.isClosedPromise'),
      {
        get(this: Inner): Closing {
          const known = closings.get(this);
          if (known !== undefined) return known;
          const closing = { promise: closed(this) };
          closings.set(this, closing);
          return closing;
        },
      },
      false,
      false,
    );
}

async function closed(stream: Inner): Promise<void> {
  const ended = new Promise<void>((resolve) => {
    let state = stream['_state'];
    const look = (): void => {
      if (state === 'closed' || state === 'errored') resolve();
    };
    look();
    defineAccessor(stream, '_state', {
      get: () => state,
      set(next: unknown) {
        state = next as string;
        look();
      },
    });
  });
  await ended;
  // The port stores the error after the state.
  if (stream['_state'] === 'errored') throw stream['_storedError'];
}
