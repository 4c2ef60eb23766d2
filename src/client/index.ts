/** The door for Node. */
import { Client } from './client.js';
import { checkUrl, type ConnectOptions } from './connect-options.js';
import { nodeSocket, type ByteStream } from './node-socket.js';

export * from './api.js';

/** The service's header; its own name for it is in `auth`, which no client loads. */
const SECRET_HEADER = 'x-runtime-secret';

export interface NodeConnectOptions extends ConnectOptions {
  /** Makes the stream to speak over, a `Duplex`, in place of a TCP connection to the URL's host. */
  readonly createConnection?: () => ByteStream;
}

/**
 * Connects to a service; scripts may be executed at once.
 * @throws TypeError when the URL is none of a WebSocket
 */
export function connect(url: string, options: NodeConnectOptions = {}): Client {
  checkUrl(url);
  const { secret, createConnection } = options;
  const headers = secret === undefined || secret === '' ? {} : { [SECRET_HEADER]: secret };
  return new Client(nodeSocket(url, { headers, createConnection }), options);
}
