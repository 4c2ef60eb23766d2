/** The door for browsers, and for whatever else has a `WebSocket` of its own and no Node. */
import { Client } from './client.js';
import { checkUrl, type ConnectOptions } from './connect-options.js';
import { webSocket } from './web-socket.js';

export * from './api.js';

/**
 * Connects to a service; scripts may be executed at once.
 * @throws TypeError when the URL is not a ws:// or wss:// URL, or a secret is given
 */
export function connect(url: string, options: ConnectOptions = {}): Client {
  checkUrl(url);
  if (options.secret !== undefined) {
    throw new TypeError('a browser cannot send the secret: no page can set a header of a WebSocket');
  }
  return new Client(webSocket(url), options);
}
