/** Entry point for browsers and other platforms that have a global `WebSocket`. */
import { Client } from './client.js';
import { checkUrl, type ConnectOptions } from './connect-options.js';
import { webSocket } from './web-socket.js';

export * from './api.js';

/**
 * Connects to a service. Scripts may be executed immediately.
 * @throws TypeError if the URL is not a ws:// or wss:// URL, or `secret` is set
 */
export function connect(url: string, options: ConnectOptions = {}): Client {
  checkUrl(url);
  if (options.secret !== undefined) {
    throw new TypeError('secret is not supported in browsers: a page cannot set WebSocket headers');
  }
  return new Client(webSocket(url), options);
}
