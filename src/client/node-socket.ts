import { WebSocket, type ClientOptions } from 'ws';
import type { Closing, OpenSocket } from './socket.js';

/** Any `Duplex` of Node; spelled so that the types of this client need none of Node's. */
export interface ByteStream {
  readonly readable: boolean;
  readonly writable: boolean;
  destroy(error?: Error): unknown;
}

export interface NodeSocketOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly createConnection?: (() => ByteStream) | undefined;
}

/** The service's own answers are at most half as long. */
const MAX_FRAME_BYTES = 268_435_456;
/** Of the body of a refused upgrade. */
const MAX_REASON = 200;

/**
 * Connects with `ws`. Node's own `WebSocket`, where there is one, cannot ping, and tells nothing of an upgrade that
 * was refused: no status, no reason.
 */
export function nodeSocket(url: string, { headers, createConnection }: NodeSocketOptions): OpenSocket {
  const options: ClientOptions = {
    headers: { ...headers },
    perMessageDeflate: false,
    maxPayload: MAX_FRAME_BYTES,
    ...(createConnection === undefined
      ? {}
      : { createConnection: createConnection as unknown as NonNullable<ClientOptions['createConnection']> }),
  };
  return (events) => {
    const socket = new WebSocket(url, options);
    let failure: Partial<Closing> = {};
    socket.on('open', () => events.opened());
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) events.received(data.toString());
    });
    // Any byte is a sign of life: behind a long frame on a slow line no pong comes.
    socket.on('upgrade', (response) => response.socket.on('data', () => events.heard()));
    socket.on('error', (cause) => {
      failure = { cause, reason: cause.message, ...failure };
    });
    socket.on('unexpected-response', (_request, response) => {
      let reason = '';
      response.setEncoding('utf8');
      response.on('data', (text: string) => (reason = (reason + text).slice(0, MAX_REASON)));
      response.on('close', () => {
        failure = { status: response.statusCode ?? 0, reason };
        socket.terminate();
      });
    });
    socket.on('close', (code, reason) =>
      events.closed({ code, ...failure, reason: reason.toString() || (failure.reason ?? '') }),
    );
    return {
      send: (frame) => socket.send(frame, () => undefined),
      ping: () => {
        if (socket.readyState === WebSocket.OPEN) socket.ping();
      },
      pause: () => socket.pause(),
      resume: () => socket.resume(),
      close: () => socket.close(1000),
      drop: () => socket.terminate(),
    };
  };
}
