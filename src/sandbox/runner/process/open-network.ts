import { createRequire, syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import type Tls from 'node:tls';
import { EgressClient, type EgressPort } from '../../boundary/egress/egress-client.js';
import { withEgressReason } from '../../boundary/coded-errors.js';
import { put } from './closed-network.js';
import { type ConnectTarget, shownTarget, targetOf } from './connect-target.js';
import { HostEnd } from './connection.js';
import { onlyHttp } from './egress-errors.js';
import { GatewayServer } from './gateway-server.js';

const nodeRequire = createRequire('/script.js');

type Fetch = (input: unknown, init?: unknown) => Promise<unknown>;

/**
 * Connects the sockets of Node's own clients to the gateway: all of them, and all packages, make their requests over
 * `net.Socket` or `tls.connect`. What is not HTTP fails there.
 */
export function openNetwork(port: EgressPort): void {
  const client = new EgressClient(port);
  let server: GatewayServer | undefined;
  const connect = (socket: Socket, scheme: string, target: ConnectTarget): void => {
    const { host, path } = target;
    if (path !== undefined || target.options['socket'] !== undefined)
      return void setImmediate(() => socket.destroy(onlyHttp(shownTarget(target))));
    const name = host.includes(':') && !host.startsWith('[') ? `[${host}]` : host;
    server ??= new GatewayServer(client);
    server.accept(new HostEnd(socket, `${scheme}://${name}:${target.port}`));
  };

  put(Socket.prototype, 'connect', function (this: Socket, ...args: unknown[]) {
    const target = targetOf(args);
    if (target.connected !== undefined) this.once('connect', target.connected);
    connect(this, 'http', target);
    return this;
  });
  // Loaded before the script can replace anything that it is made of.
  const tls = nodeRequire('node:tls') as typeof Tls;
  put(tls, 'connect', (...args: unknown[]) => {
    const target = targetOf(args);
    const socket = secureSocket(tls, target);
    if (target.connected !== undefined) socket.once('secureConnect', target.connected);
    connect(socket, 'https', target);
    return socket;
  });
  tellReasons();
  syncBuiltinESMExports();
}

/** Of Node's class, and with nothing to encrypt: the gateway speaks TLS to the host, and verifies it. */
function secureSocket(tls: typeof Tls, { options }: ConnectTarget): Socket {
  const { allowHalfOpen, signal, timeout, servername, ALPNProtocols } = options;
  const socket = new Socket({ allowHalfOpen: allowHalfOpen === true, signal: signal as AbortSignal });
  Object.setPrototypeOf(socket, tls.TLSSocket.prototype);
  const offered = Array.isArray(ALPNProtocols) && ALPNProtocols.includes('http/1.1');
  Object.assign(socket, {
    encrypted: true,
    secureConnecting: true,
    authorized: true,
    authorizationError: null,
    alpnProtocol: offered ? 'http/1.1' : false,
    servername: servername ?? options['host'],
    getPeerCertificate: () => ({}),
    setServername: () => undefined,
    setSession: () => undefined,
  });
  if (typeof timeout === 'number' && timeout > 0) socket.setTimeout(timeout);
  return socket;
}

/** Node's `fetch` says that it has failed, and the reason in the cause only. */
function tellReasons(): void {
  const unexplained = globalThis.fetch as Fetch;
  Object.defineProperty(globalThis, 'fetch', {
    writable: true,
    configurable: true,
    enumerable: true,
    value: async function fetch(input: unknown, init?: unknown): Promise<unknown> {
      try {
        return await unexplained(input, init);
      } catch (error) {
        throw withEgressReason(error);
      }
    },
  });
}
