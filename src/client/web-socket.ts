import type { OpenSocket } from './socket.js';

/** The used part of the global `WebSocket`; declared here because not every TypeScript `lib` has it. */
interface WebSocketLike {
  addEventListener(type: 'open', listener: () => void): void;
  addEventListener(type: 'message', listener: (event: { readonly data: unknown }) => void): void;
  addEventListener(
    type: 'close',
    listener: (event: { readonly code: number; readonly reason: string }) => void,
  ): void;
  send(text: string): void;
  close(code?: number): void;
}

/**
 * Pages cannot send a WebSocket ping. This requests an unknown method; any reply shows that the connection is alive.
 */
const PING = '{"type":"req","method":"runtime.ping","id":"ping"}';

/** Connects with the global `WebSocket`, which cannot send headers. */
export function webSocket(url: string): OpenSocket {
  const { WebSocket } = globalThis as unknown as { readonly WebSocket: new (url: string) => WebSocketLike };
  return (events) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => events.opened());
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') events.received(data);
    });
    // A page sees a refusal, a DNS failure and a lost connection as the same event: 1006, without a reason.
    socket.addEventListener('close', ({ code, reason }) => events.closed({ code, reason }));
    return {
      send: (frame) => socket.send(frame),
      ping: () => socket.send(PING),
      close: () => socket.close(1000),
      terminate: () => socket.close(),
    };
  };
}
