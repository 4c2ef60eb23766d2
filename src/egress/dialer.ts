import { isIPv6, type Socket } from 'node:net';
import { createSecureContext, rootCertificates, type SecureContext } from 'node:tls';
import type { AddressRules } from '../egress-policy/index.js';
import { connect } from './connect.js';
import { refused } from './errors.js';
import type { HostAddress, HostLookup } from './host-lookup.provider.js';

/** Addresses of a name that are checked, and those of each family that are tried: a name may have thousands. */
const MAX_ADDRESSES = 64;
const MAX_TRIED_PER_FAMILY = 4;

export interface DialerOptions {
  readonly rules: AddressRules;
  /** PEM certificates of CAs that are trusted besides those of Node. */
  readonly authorities: string | undefined;
  readonly lookup: HostLookup;
}

/** The host of a URL, its protocol and its port. */
export interface DialTarget {
  readonly protocol: string;
  /** A name, or an IP address with or without brackets. */
  readonly hostname: string;
  /** `''` for the default port of the protocol. */
  readonly port: string;
}

/**
 * Connects to addresses that it has checked itself. The name is not looked up again, so DNS rebinding has no effect.
 */
export class Dialer {
  readonly #secureContext: SecureContext | undefined;

  /** @throws Error if the authorities are not valid certificates */
  constructor(private readonly options: DialerOptions) {
    const { authorities } = options;
    // Made once: parsing all of Node's certificates takes longer than a handshake.
    if (authorities !== undefined)
      this.#secureContext = createSecureContext({ ca: [...rootCertificates, authorities] });
  }

  /**
   * Connects to a host. At most one socket is open at a time, and none once the promise has rejected.
   * @param signal aborts the dial
   * @throws EgressFault if no address of the host is allowed; Error with Node's code
   */
  async dial(target: DialTarget, signal: AbortSignal): Promise<Socket> {
    const host = target.hostname.replace(/^\[(.*)\]$/, '$1');
    const addresses = await this.#addressesOf(host, target.hostname, signal);
    const isSecure = target.protocol === 'https:';
    const ownPort = Number(target.port) || (isSecure ? 443 : 80);
    let failure: unknown;
    // Sequential: each address is tried only if the previous one failed.
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
      `Egress refused: ${shown} has no public address; EGRESS_PRIVATE lists the private ranges that scripts may reach`,
    );
  }
}

/** The first addresses of each family, in order: if one family is unreachable, the other is still tried. */
function fewOf(addresses: readonly HostAddress[]): readonly HostAddress[] {
  const tried = { six: 0, four: 0 };
  return addresses.filter(({ address }) => {
    const family = isIPv6(address) ? 'six' : 'four';
    tried[family] += 1;
    return tried[family] <= MAX_TRIED_PER_FAMILY;
  });
}
