import type { IncomingMessage, ServerResponse } from 'node:http';

/** Milliseconds after the response in which the rest of the request body may arrive. */
const LINGER_MS = 1000;
const CHECK_INTERVAL_MS = 100;

/**
 * Closes the connection of a request that was answered from its head and keeps sending its body. The body is discarded
 * for a moment before that: closing at once would reset the connection, and the client could lose the response.
 * @param maxBytes of the body that are discarded
 */
export function limitUnreadBody(request: IncomingMessage, response: ServerResponse, maxBytes: number): void {
  if (!announcesBody(request)) return;
  const { socket } = request;
  response.once('finish', () => {
    if (request.complete || socket.destroyed) return;
    const deadline = performance.now() + LINGER_MS;
    const maxBytesRead = socket.bytesRead + maxBytes;
    const check = setInterval(() => {
      if (request.complete || socket.destroyed) clearInterval(check);
      else if (performance.now() >= deadline || socket.bytesRead > maxBytesRead) socket.destroy();
    }, CHECK_INTERVAL_MS).unref();
  });
}

function announcesBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || (headers['content-length'] ?? '0') !== '0';
}
