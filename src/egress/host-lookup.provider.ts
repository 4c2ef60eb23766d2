import { isIP } from 'node:net';
import { hostname } from 'node:os';
import { Inject, Injectable, Optional } from '@nestjs/common';
import { ordered } from './dns/address-order.js';
import { CachedFile } from './dns/cached-file.js';
import { type HostsFile, parseHostsFile } from './dns/hosts-file.js';
import { query } from './dns/query.js';
import { candidatesOf, parseSearchList, type SearchList } from './dns/search-list.js';
import { EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';

/** An address of a host. */
export interface HostAddress {
  readonly address: string;
  /** The port to connect to, if it is not that of the URL. */
  readonly port?: number | undefined;
}

/**
 * Finds the addresses of a host for each new connection. The address rules are applied to the result. The abstract class
 * is the injection token: an application may provide its own resolver.
 */
export abstract class HostLookup {
  /**
   * Rejects with Node's codes (`ENOTFOUND`, `EAI_AGAIN`).
   * @param signal aborted when the request ends: the lookup should end, too. Until its promise settles, the request
   * counts as under way.
   */
  abstract addressesOf(host: string, signal?: AbortSignal): Promise<readonly HostAddress[]>;
}

/** Sources of names for {@link SystemLookup}. */
export interface NameSources {
  readonly hostsFile: string;
  /** For its search domains and `ndots`. */
  readonly resolverFile: string;
  /** Name servers, `address` or `address:port`; undefined for those of this machine. */
  readonly servers: readonly string[] | undefined;
}

/** Injection token of {@link NameSources}; defaults to {@link MACHINE_NAMES}. */
export const NAME_SOURCES = Symbol('NAME_SOURCES');

export const MACHINE_NAMES: NameSources = {
  hostsFile: '/etc/hosts',
  resolverFile: '/etc/resolv.conf',
  servers: undefined,
};

/** Maximum duration of one lookup over all search domains, in milliseconds. */
const LOOKUP_TIMEOUT_MS = 5000;
const LOOPBACK = ['::1', '127.0.0.1'];

/**
 * Uses the addresses that the operator pinned, and otherwise resolves as getaddrinfo does: in `/etc/hosts`, then in DNS with the search
 * domains of `/etc/resolv.conf`. Other sources of `nsswitch.conf` (mDNS, LDAP) are not used.
 */
@Injectable()
export class SystemLookup extends HostLookup {
  readonly #servers: readonly string[] | undefined;
  readonly #hosts: CachedFile<HostsFile>;
  readonly #search: CachedFile<SearchList>;

  constructor(
    @Inject(EGRESS_OPTIONS) private readonly options: EgressOptions,
    @Optional() @Inject(NAME_SOURCES) { hostsFile, resolverFile, servers }: NameSources = MACHINE_NAMES,
  ) {
    super();
    this.#servers = servers;
    this.#hosts = new CachedFile(hostsFile, parseHostsFile);
    this.#search = new CachedFile(resolverFile, (text) => parseSearchList(text, hostname()));
  }

  override async addressesOf(host: string, signal?: AbortSignal): Promise<readonly HostAddress[]> {
    const pinned = this.options.pinnedHosts.filter((one) => one.host === host);
    if (pinned.length > 0) return pinned;
    if (isIP(host) !== 0) return [{ address: host }];
    const addresses = await this.#find(host.toLowerCase(), signal);
    return ordered(addresses).map((address) => ({ address }));
  }

  async #find(host: string, signal: AbortSignal | undefined): Promise<readonly string[]> {
    const known = (await this.#hosts.read()).get(host);
    if (known !== undefined) return known;
    // RFC 6761: never query a name server.
    if (/(?:^|\.)localhost\.?$/.test(host)) return LOOPBACK;
    const candidates = candidatesOf(host, await this.#search.read());
    return query(candidates, { servers: this.#servers, timeoutMs: LOOKUP_TIMEOUT_MS, signal });
  }
}
