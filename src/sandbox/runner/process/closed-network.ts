import type dgram from 'node:dgram';
import { syncBuiltinESMExports } from 'node:module';
import type net from 'node:net';
import { builtin } from './builtin.js';
import { shownTarget, targetOf } from './connect-target.js';

type Closed = (...args: never[]) => unknown;
type Refusal = (target: string) => Error;

/**
 * Closes the ways of Node's own modules to the network: every client and server of Node's (`http`, `https`, `http2`,
 * `tls`, `fetch`, `WebSocket`) goes through these. They fail as an address does that cannot be reached, and say why.
 * What a script could do around them, by means that are not Node's interface, the layers below deny.
 * @param refusal the error for what a script wants to reach
 */
export function closeNetwork(refusal: Refusal): void {
  const net = builtin('node:net');
  const dgram = builtin('node:dgram');
  const dns = builtin('node:dns');
  put(
    net.Socket.prototype,
    'connect',
    function (this: { connecting: boolean } & net.Socket, ...args: unknown[]) {
      // What is written meanwhile waits, as it does for a connection.
      this.connecting = true;
      return failLater(this, refusal(shownTarget(targetOf(args))));
    },
  );
  put(net.Server.prototype, 'listen', function (this: net.Server) {
    return failLater(this, refusal('a port to listen on'));
  });
  for (const name of ['bind', 'connect', 'send'])
    put(dgram.Socket.prototype, name, function (this: dgram.Socket) {
      return failLater(this, refusal('UDP'));
    });
  closeNames(dns, refusal);
  closeNames(dns.Resolver.prototype, refusal);
  closePromised(dns.promises, refusal);
  closePromised(dns.promises.Resolver.prototype, refusal);
  syncBuiltinESMExports();
}

/** In a later turn, to those that listen by then. */
function failLater<T extends net.Socket | net.Server | dgram.Socket>(of: T, error: Error): T {
  setImmediate(() => {
    if ('destroy' in of) of.destroy(error);
    else of.emit('error', error);
  });
  return of;
}

const ASKS = /^(?:lookup|resolve|reverse)/;

function closeNames(of: object, refusal: Refusal): void {
  for (const name of Object.getOwnPropertyNames(of).filter((each) => ASKS.test(each)))
    put(of, name, (...args: unknown[]) => {
      const callback = args.at(-1);
      if (typeof callback === 'function')
        setImmediate(callback as (error: Error) => void, refusal(String(args[0])));
    });
}

function closePromised(of: object, refusal: Refusal): void {
  for (const name of Object.getOwnPropertyNames(of).filter((each) => ASKS.test(each)))
    put(of, name, async (...args: unknown[]) => {
      throw refusal(String(args[0]));
    });
}

/** As Node's own functions are: they can be replaced. */
export function put(of: object, name: string, value: Closed): void {
  Object.defineProperty(of, name, { value, writable: true, configurable: true });
}
