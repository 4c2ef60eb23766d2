import type { IncomingMessage, ServerResponse } from 'node:http';

/** Milliseconds after the answer in which the rest of the request's body may still come. */
const LINGER_MS = 1000;
const LOOK_MS = 100;

/**
 * Ends the connection of a request that was answered from its head and goes on sending its body. The body is discarded
 * for a moment: closing at once would reset the connection, and the client could lose the answer.
 * @param maxBytes discarded at most
 */
export function limitUnreadBody(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  if (!announcesBody(request)) return;
  const { socket } = request;
  response.once('finish', () => {
    if (request.complete || socket.destroyed) return;
    const end = performance.now() + LINGER_MS;
    const most = socket.bytesRead + maxBytes;
    const look = setInterval(() => {
      if (request.complete || socket.destroyed) clearInterval(look);
      else if (performance.now() >= end || socket.bytesRead > most) socket.destroy();
    }, LOOK_MS).unref();
  });
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
