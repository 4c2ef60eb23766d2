/** The door for Node. */
import { Client } from './client.js';
import { checkUrl, type ConnectOptions } from './connect-options.js';
import { nodeSocket, type ByteStream } from './node-socket.js';
import { secretHeader } from './secret-header.js';

export * from './api.js';

export interface NodeConnectOptions extends ConnectOptions {
  /** Makes the stream to speak over, a `Duplex`, in place of a TCP connection to the URL's host. */
  readonly createConnection?: () => ByteStream;
}

/**
 * Connects to a service; scripts may be executed at once.
 * @throws TypeError when the URL is not a ws:// or wss:// URL, or no HTTP header can carry the secret
 */
export function connect(url: string, options: NodeConnectOptions = {}): Client {
  checkUrl(url);
  const { secret, createConnection } = options;
  return new Client(nodeSocket(url, { headers: secretHeader(secret), createConnection }), options);
}
