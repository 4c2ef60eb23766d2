import { connect as connectTcp, isIP, type Socket } from 'node:net';
import { connect as connectTls, type SecureContext } from 'node:tls';

/** Longest wait for one address of a host, TLS handshake included. */
const CONNECT_TIMEOUT_MS = 5000;
const KEEP_ALIVE_PROBE_MS = 60_000;

/** Where a connection leads. */
export interface Destination {
  /** An IP address that was checked; no name is looked up any more. */
  readonly address: string;
  readonly port: number;
  /** The host of the URL: what the certificate must be for. */
  readonly host: string;
  readonly isSecure: boolean;
  /** Trusted authorities; undefined for Node's own. */
  readonly secureContext: SecureContext | undefined;
}

/**
 * Opens a connection, with TLS where that is wanted.
 * @param signal ends the attempt, and the connection too
 * @throws Error with Node's code
 */
export function connect(destination: Destination, signal: AbortSignal): Promise<Socket> {
  const { isSecure } = destination;
  const socket = isSecure ? tls(destination, signal) : tcp(destination, signal);
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => {
      socket.destroy(Object.assign(new Error('connect ETIMEDOUT'), { code: 'ETIMEDOUT' }));
    }, CONNECT_TIMEOUT_MS);
    // Stays: an abort may come before whoever gets the socket listens.
    socket.on('error', reject);
    socket.once('close', () => {
      clearTimeout(timer);
      reject(Object.assign(new Error('connect ECONNRESET'), { code: 'ECONNRESET' }));
    });
    socket.once(isSecure ? 'secureConnect' : 'connect', () => {
      clearTimeout(timer);
      resolve(socket);
    });
  });
}

const OPTIONS = { noDelay: true, keepAlive: true, keepAliveInitialDelay: KEEP_ALIVE_PROBE_MS };

function tcp({ address, port }: Destination, signal: AbortSignal): Socket {
  return connectTcp({ ...OPTIONS, host: address, port, signal });
}

function tls({ address, port, host, secureContext }: Destination, signal: AbortSignal): Socket {
  const socket = connectTls({
    ...OPTIONS,
    host: address,
    port,
    ...(isIP(host) === 0 && { servername: host }),
    ALPNProtocols: ['http/1.1'],
    ...(secureContext && { secureContext }),
  });
  // tls.connect takes no signal.
  const end = (): void => void socket.destroy(new Error('aborted'));
  signal.addEventListener('abort', end, { once: true });
  socket.once('close', () => signal.removeEventListener('abort', end));
  return socket;
}
