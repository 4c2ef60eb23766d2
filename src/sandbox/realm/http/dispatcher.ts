import type { Exchange, ExchangeHead } from '../../boundary/egress/exchanges.js';
import { egress } from './egress.js';
import { Reading } from '../../boundary/reading.js';

/** What undici's fetch asks of a dispatcher. */
interface Dispatched {
  readonly origin: string;
  readonly path: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: AsyncIterable<Uint8Array> | null;
}
interface Handler {
  onConnect(abort: (reason?: Error) => void): void;
  onHeaders(status: number, rawHeaders: readonly object[], resume: () => void, statusText: string): boolean;
  onData(chunk: Uint8Array): boolean;
  onComplete(trailers: readonly string[]): void;
  onError(error: unknown): void;
}

/** Sends what undici's fetch would send over sockets. */
export function dispatch(options: Dispatched, handler: Handler): boolean {
  const { exchanges, errorOf, refusal } = egress();
  const url = options.origin + options.path;
  const off = refusal(url);
  if (off !== undefined) {
    handler.onError(off);
    return true;
  }
  let isOver = false;
  const reading: Reading = new Reading(() => exchange);
  let drained: (() => void) | undefined;
  const exchange: Exchange = exchanges.begin(
    {
      method: options.method,
      url,
      headers: Object.entries(options.headers).flat(),
      hasBody: options.body !== null,
    },
    {
      head: ({ status, statusText, headers }: ExchangeHead) => {
        handler.onHeaders(status, headers.map(bytesOf), resume, statusText);
      },
      data(bytes) {
        reading.got(bytes.length, handler.onData(bytes));
      },
      ended() {
        isOver = true;
        handler.onComplete([]);
      },
      failed(fault) {
        isOver = true;
        drained?.();
        handler.onError(errorOf(fault));
      },
      drained: () => drained?.(),
    },
  );

  function resume(): void {
    if (!isOver) reading.more();
  }

  function abort(reason: unknown): void {
    if (isOver) return;
    isOver = true;
    drained?.();
    exchange.abort();
    handler.onError(reason);
  }

  async function upload(body: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of body) {
        if (isOver) return;
        if (!exchange.write(chunk)) await new Promise<void>((resolve) => (drained = resolve));
        // Asked for more, undici would read the body of a request that has failed to its end.
        if (isOver) return;
      }
      if (!isOver) exchange.end();
    } catch (error) {
      abort(error);
    }
  }

  handler.onConnect(abort);
  if (options.body !== null && !isOver) void upload(options.body);
  return true;
}

function bytesOf(text: string): object {
  const { Buffer } = require('buffer') as { Buffer: { from(text: string, encoding: string): object } };
  return Buffer.from(text, 'latin1');
}
