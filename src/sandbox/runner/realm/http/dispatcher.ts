import type { Exchange, ExchangeHead } from '../../egress/exchanges.js';
import { egress } from './egress.js';

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
  let held = 0;
  let isPaused = false;
  let isOver = false;
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
        if (!handler.onData(bytes)) isPaused = true;
        if (isPaused) held += bytes.length;
        else exchange.consumed(bytes.length);
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
    isPaused = false;
    const bytes = held;
    held = 0;
    if (!isOver && bytes > 0) exchange.consumed(bytes);
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
