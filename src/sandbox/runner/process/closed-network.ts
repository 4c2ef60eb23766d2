import type dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import type net from 'node:net';
import { builtin } from './builtin.js';

type Closed = (...args: unknown[]) => unknown;

/**
 * Closes the ways of Node's own modules to the network: every client and server of Node's (`http`, `https`, `http2`,
 * `tls`, `fetch`, `WebSocket`) goes through these. They fail as an address does that cannot be reached, and say why.
 * What a script could do around them, by means that are not Node's interface, the layers below deny.
 */
export function closeNetwork(): void {
  const net = builtin('node:net');
  const dgram = builtin('node:dgram');
  const dns = builtin('node:dns');
  put(
    net.Socket.prototype,
    'connect',
    function (this: { connecting: boolean } & net.Socket, ...args: unknown[]) {
      // What is written meanwhile waits, as it does for a connection.
      this.connecting = true;
      return failLater(this, targetOf(args));
    },
  );
  put(net.Server.prototype, 'listen', function (this: net.Server) {
    return failLater(this, 'a port to listen on');
  });
  for (const name of ['bind', 'connect', 'send'])
    put(dgram.Socket.prototype, name, function (this: dgram.Socket) {
      return failLater(this, 'UDP');
    });
  closeNames(dns);
  closeNames(dns.Resolver.prototype);
  closePromised(dns.promises);
  closePromised(dns.promises.Resolver.prototype);
  syncBuiltinESMExports();
}

/** For a request: the operator has opened no way out. */
function egressOff(target: string): Error {
  return Object.assign(new Error(`Egress is off: scripts reach no network here, so not ${target} either`), {
    code: 'ERR_EGRESS_OFF',
  });
}

/** In a later turn, to those that listen by then. */
function failLater<T extends net.Socket | net.Server | dgram.Socket>(of: T, target: string): T {
  setImmediate(() => {
    if ('destroy' in of) of.destroy(egressOff(target));
    else of.emit('error', egressOff(target));
  });
  return of;
}

/** What `socket.connect` was given, in each of its forms. */
function targetOf(args: readonly unknown[]): string {
  const [first] = args;
  // Node's own callers pass their arguments in a list that they have made of them.
  const given = Array.isArray(first) ? (first[0] as unknown) : first;
  if (typeof given === 'object' && given !== null) {
    const { host = 'localhost', port, path } = given as Record<string, unknown>;
    return typeof path === 'string' && port === undefined ? path : `${String(host)}:${String(port)}`;
  }
  return typeof given === 'string' && Number.isNaN(Number(given)) ? given : `localhost:${String(given)}`;
}

const ASKS = /^(?:lookup|resolve|reverse)/;

function closeNames(of: object): void {
  for (const name of Object.getOwnPropertyNames(of).filter((each) => ASKS.test(each)))
    put(of, name, (...args: unknown[]) => {
      const callback = args.at(-1);
      if (typeof callback === 'function') setImmediate(callback as Closed, egressOff(String(args[0])));
    });
}

function closePromised(of: object): void {
  for (const name of Object.getOwnPropertyNames(of).filter((each) => ASKS.test(each)))
    put(of, name, async (...args: unknown[]) => {
      throw egressOff(String(args[0]));
    });
}

function put(of: object, name: string, value: Closed): void {
  Object.defineProperty(of, name, { value, writable: true, configurable: true });
}
