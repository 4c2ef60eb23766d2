import type { Socket } from 'node:net';
import { rootCertificates, createSecureContext } from 'node:tls';
import { createRequire } from 'node:module';
import type Undici from 'undici';
import type { buildConnector, Dispatcher } from 'undici';
import type { AddressRules } from '../egress-policy/index.js';
import { refused } from './errors.js';
import type { HostAddress, HostLookup } from './host-lookup.provider.js';

/** Longest wait for one address of a host. */
const CONNECT_TIMEOUT_MS = 5000;
const KEEP_ALIVE_MS = 10_000;

export interface DialerOptions {
  readonly rules: AddressRules;
  /** PEM, trusted beside Node's own. */
  readonly authorities: string | undefined;
  readonly lookup: HostLookup;
}

/** Makes connections to addresses that it has checked itself: what a name means a moment later does not matter. */
export class Dialer {
  readonly #undici: typeof Undici;
  readonly #connect: buildConnector.connector;

  constructor(private readonly options: DialerOptions) {
    const { authorities } = options;
    // Loaded with the first request of a script: it is a tenth of a service's start, and most have no way out.
    this.#undici = createRequire(import.meta.url)('undici') as typeof Undici;
    this.#connect = this.#undici.buildConnector({
      timeout: CONNECT_TIMEOUT_MS,
      allowH2: false,
      // Made once: reading all of Node's certificates takes longer than a handshake.
      ...(authorities !== undefined && {
        secureContext: createSecureContext({ ca: [...rootCertificates, authorities] }),
      }),
    });
  }

  /** Keeps connections open for a while. Whoever shares one must not mind what the other sends on it. */
  agent(): Dispatcher {
    return new this.#undici.Agent({
      connect: (target, done) => void this.#dial(target, done),
      pipelining: 1,
      keepAliveTimeout: KEEP_ALIVE_MS,
      keepAliveMaxTimeout: KEEP_ALIVE_MS,
    });
  }

  async #dial(target: buildConnector.Options, done: buildConnector.Callback): Promise<void> {
    try {
      const addresses = await this.#addressesOf(target.hostname);
      done(null, await this.#first(addresses, target));
    } catch (error) {
      done(error as Error, null);
    }
  }

  async #addressesOf(given: string): Promise<readonly HostAddress[]> {
    const host = given.replace(/^\[(.*)\]$/, '$1');
    const { rules, lookup } = this.options;
    const all = await lookup.addressesOf(host);
    const allowed = all.filter(({ address }) => rules.allows(address));
    if (allowed.length > 0) return allowed;
    if (all.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    throw refused(
      `Egress refused: ${given} is at no public address; EGRESS_PRIVATE names the others that scripts may reach`,
    );
  }

  /** One after the other, since the name is not looked up again. */
  async #first(addresses: readonly HostAddress[], target: buildConnector.Options): Promise<Socket> {
    let failure: unknown;
    for (const { address, port } of addresses) {
      try {
        return await this.#to(address, port, target);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  }

  #to(address: string, port: number | undefined, target: buildConnector.Options): Promise<Socket> {
    return new Promise((resolve, reject) => {
      const at = { ...target, hostname: address, ...(port !== undefined && { port: String(port) }) };
      this.#connect(at, (error, socket) => {
        if (error === null) resolve(socket);
        else reject(error);
      });
    });
  }
}
