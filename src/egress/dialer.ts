import { isIPv6, type Socket } from 'node:net';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { AddressRules } from '../egress-policy/index.js';
import { connect } from './connect.js';
import { refused } from './errors.js';
import type { HostAddress, HostLookup } from './host-lookup.provider.js';

/** Addresses of a name that are looked at, and those of each family that are tried: a name may have thousands. */
const MAX_ADDRESSES = 64;
const MAX_TRIED_OF_FAMILY = 4;

export interface DialerOptions {
  readonly rules: AddressRules;
  /** PEM, trusted beside Node's own. */
  readonly authorities: string | undefined;
  readonly lookup: HostLookup;
}

/** The host of a URL, and how it is reached. */
export interface DialTarget {
  readonly protocol: string;
  /** A name, or an IP address with or without brackets. */
  readonly hostname: string;
  /** `''` for the protocol's own. */
  readonly port: string;
}

/** Makes connections to addresses that it has checked itself: what a name means a moment later does not matter. */
export class Dialer {
  readonly #secureContext: SecureContext | undefined;

  /** @throws Error when the authorities are not certificates */
  constructor(private readonly options: DialerOptions) {
    const { authorities } = options;
    // Made once: reading all of Node's certificates takes longer than a handshake.
    if (authorities !== undefined)
      this.#secureContext = createSecureContext({ ca: [...rootCertificates, authorities] });
  }

  /**
   * Has at most one connection open at a time, and none once it has rejected.
   * @param signal ends the dial
   * @throws EgressFault for a host at no permitted address; Error with Node's code
   */
  async dial(target: DialTarget, signal: AbortSignal): Promise<Socket> {
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = await this.#addressesOf(host, target.hostname, signal);
    const isSecure = target.protocol === 'https:';
    const ownPort = Number(target.port) || (isSecure ? 443 : 80);
    let failure: unknown;
    // One after the other, since the name is not looked up again.
    for (const { address, port = ownPort } of addresses) {
      signal.throwIfAborted();
      try {
        const secureContext = this.#secureContext;
        return await connect({ address, port, host, isSecure, secureContext }, signal);
      } catch (error) {
        failure ??= error;
      }
    }
    throw failure;
  }

  async #addressesOf(host: string, shown: string, signal: AbortSignal): Promise<readonly HostAddress[]> {
    const { rules, lookup } = this.options;
    signal.throwIfAborted();
    const all = await lookup.addressesOf(host, signal);
    const allowed = all.slice(0, MAX_ADDRESSES).filter(({ address }) => rules.allows(address));
    if (allowed.length > 0) return fewOf(allowed);
    if (all.length === 0) throw Object.assign(new Error('no address'), { code: 'ENOTFOUND' });
    throw refused(
      `Egress refused: ${shown} is at no public address; EGRESS_PRIVATE names the others that scripts may reach`,
    );
  }
}

/** The first ones of each family, in their order: where one family leads nowhere, the other one is still tried. */
function fewOf(addresses: readonly HostAddress[]): readonly HostAddress[] {
  const tried = { six: 0, four: 0 };
  return addresses.filter(({ address }) => {
    const family = isIPv6(address) ? 'six' : 'four';
    tried[family] += 1;
    return tried[family] <= MAX_TRIED_OF_FAMILY;
  });
}
