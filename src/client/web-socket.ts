import type { OpenSocket } from './socket.js';

/** What we use of the platform's own class; declared here, since not every TypeScript library has it. */
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

/** Pages cannot ping, so this asks for a method that there is not; any answer is a sign of life. */
const PING = '{"type":"req","method":"runtime.ping","id":"ping"}';

/** Connects with the platform's own `WebSocket`, which can send no header. */
export function webSocket(url: string): OpenSocket {
  const { WebSocket } = globalThis as unknown as { readonly WebSocket: new (url: string) => WebSocketLike };
  return (events) => {
    const socket = new WebSocket(url);
    socket.addEventListener('open', () => events.opened());
    socket.addEventListener('message', ({ data }) => {
      if (typeof data === 'string') events.received(data);
    });
    // A refusal, a name that leads nowhere and a broken line look the same to a page: 1006, without a reason.
    socket.addEventListener('close', ({ code, reason }) => events.closed({ code, reason }));
    return {
      send: (frame) => socket.send(frame),
      ping: () => socket.send(PING),
      close: () => socket.close(1000),
      drop: () => socket.close(),
    };
  };
}
