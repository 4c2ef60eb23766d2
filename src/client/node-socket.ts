import { WebSocket, type ClientOptions } from 'ws';
import type { CloseInfo, OpenSocket } from './socket.js';

/** A Node `Duplex`, declared structurally so that the client's types do not depend on Node's. */
export interface ByteStream {
  readonly readable: boolean;
  readonly writable: boolean;
  destroy(error?: Error): unknown;
}

export interface NodeSocketOptions {
  readonly headers: Readonly<Record<string, string>>;
  readonly createConnection?: (() => ByteStream) | undefined;
}

/** Twice the longest frame that a service sends. */
const MAX_FRAME_BYTES = 268_435_456;
/** Characters of the body of a refused upgrade that are kept. */
const MAX_REASON = 200;

/**
 * Connects with `ws`. Node's built-in `WebSocket` cannot ping, and does not expose the status or the body of a refused
 * upgrade.
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
    let failure: Partial<CloseInfo> = {};
    socket.on('open', () => events.opened());
    socket.on('message', (data: Buffer, isBinary: boolean) => {
      if (!isBinary) events.received(data.toString());
    });
    // Any byte shows that the connection is alive: a pong may wait behind a long frame on a slow connection.
    socket.on('upgrade', (response) => response.socket.on('data', () => events.alive()));
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
      terminate: () => socket.terminate(),
    };
  };
}
