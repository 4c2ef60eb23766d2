/** Entry point for Node. */
import { Client } from './client.js';
import { checkUrl, type ConnectOptions } from './connect-options.js';
import { nodeSocket, type ByteStream } from './node-socket.js';
import { secretHeader } from './secret-header.js';

export * from './api.js';

export interface NodeConnectOptions extends ConnectOptions {
  /** Creates the `Duplex` stream to use instead of a TCP connection to the URL's host. */
  readonly createConnection?: () => ByteStream;
}

/**
 * Connects to a service. Scripts may be executed immediately.
 * @throws TypeError if the URL is not a ws:// or wss:// URL, or the secret is not a valid HTTP header value
 */
export function connect(url: string, options: NodeConnectOptions = {}): Client {
  checkUrl(url);
  const { secret, createConnection } = options;
  return new Client(nodeSocket(url, { headers: secretHeader(secret), createConnection }), options);
}
