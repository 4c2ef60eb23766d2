import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';

/** Maximum wait for one address of a host, including the TLS handshake. */
const CONNECT_TIMEOUT_MS = 5000;
const KEEP_ALIVE_PROBE_MS = 60_000;

/** The target of a connection. */
export interface Destination {
  /** An IP address that passed the address rules; no name is looked up again. */
  readonly address: string;
  readonly port: number;
  /** The host of the URL, which the certificate must match. */
  readonly host: string;
  readonly isSecure: boolean;
  /** Trusted CAs; undefined for those of Node. */
  readonly secureContext: SecureContext | undefined;
}

/**
 * Opens a connection, with TLS if the destination is secure.
 * @param signal aborts the attempt and closes its socket
 * @throws Error with Node's code
 */
export function connect(destination: Destination, signal: AbortSignal): Promise<Socket> {
  const { isSecure } = destination;
  const socket = isSecure ? tls(destination) : tcp(destination);
  const abort = (): void => void socket.destroy(new Error('aborted'));
  const timer = setTimeout(() => {
    socket.destroy(coded('ETIMEDOUT'));
  }, CONNECT_TIMEOUT_MS);
  const settled = new Promise<Socket>((resolve, reject) => {
    // Never removed: an error may come before the caller listens.
    socket.on('error', reject);
    socket.once('close', () => reject(coded('ECONNRESET')));
    socket.once(isSecure ? 'secureConnect' : 'connect', () => resolve(socket));
  });
  signal.addEventListener('abort', abort, { once: true });
  return settled.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', abort);
  });
}

const OPTIONS = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS };

function tcp({ address, port }: Destination): Socket {
  return connectTcp({ ...OPTIONS, host: address, port });
}

function tls({ address, port, host, secureContext }: Destination): Socket {
  return connectTls({
    ...OPTIONS,
    host: address,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    ...(secureContext && { secureContext }),
  });
}

function coded(code: string): Error {
  return Object.assign(new Error(`connect ${code}`), { code });
}
