import { egressFailed } from '../../boundary/coded-errors.js';
import type { EgressStream } from '../../boundary/egress/egress-client.js';
import type { EgressHead } from '../../boundary/egress/egress-types.js';
import { part } from '../kit/parts.js';
import { ReceiveWindow } from '../../boundary/egress/receive-window.js';

/** The options that undici's fetch passes to a dispatcher. */
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

/** Sends a request of undici's fetch to the gateway, in place of undici's own dispatcher. */
export function dispatch(options: Dispatched, handler: Handler): boolean {
  const { client, refusal } = part('egress');
  const url = options.origin + options.path;
  const refused = refusal(url);
  if (refused !== undefined) {
    handler.onError(refused);
    return true;
  }
  let isOver = false;
  const unread: ReceiveWindow = new ReceiveWindow(() => stream);
  let drained: (() => void) | undefined;
  const stream: EgressStream = client.request(
    {
      method: options.method,
      url,
      headers: Object.entries(options.headers).flat(),
      hasBody: options.body !== null,
    },
    {
      head: ({ status, statusText, headers }: EgressHead) => {
        handler.onHeaders(status, headers.map(toBuffer), resume, statusText);
      },
      data(bytes) {
        unread.received(bytes.length, handler.onData(bytes));
      },
      ended() {
        isOver = true;
        handler.onComplete([]);
      },
      failed(fault) {
        isOver = true;
        drained?.();
        handler.onError(egressFailed(fault));
      },
      drained: () => drained?.(),
    },
  );

  function resume(): void {
    if (!isOver) unread.release();
  }

  function abort(reason: unknown): void {
    if (isOver) return;
    isOver = true;
    drained?.();
    stream.abort();
    handler.onError(reason);
  }

  async function upload(body: AsyncIterable<Uint8Array>): Promise<void> {
    try {
      for await (const chunk of body) {
        if (isOver) return;
        if (!stream.write(chunk)) await new Promise<void>((resolve) => (drained = resolve));
        // Otherwise undici would read the body of a failed request to its end.
        if (isOver) return;
      }
      if (!isOver) stream.end();
    } catch (error) {
      abort(error);
    }
  }

  handler.onConnect(abort);
  if (options.body !== null && !isOver) void upload(options.body);
  return true;
}

function toBuffer(text: string): object {
  return part('buffer').Buffer.from(text, 'latin1');
}
