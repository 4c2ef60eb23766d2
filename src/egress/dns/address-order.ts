import { BlockList, isIPv6 } from 'node:net';
import { networkInterfaces } from 'node:os';

type Scope = 'loopback' | 'link' | 'unique-local' | 'global';

const LINK = subnet('fe80::', 10);
const UNIQUE_LOCAL = subnet('fc00::', 7);

/**
 * Orders addresses as getaddrinfo does (RFC 6724, in short): IPv6 comes first where this machine has an IPv6 address of
 * the same scope, and last where it has none, since such an address cannot be reached. Duplicates are dropped.
 * @param local IPv6 addresses of this machine
 */
export function ordered(
  addresses: readonly string[],
  local: readonly string[] = localAddresses(),
): readonly string[] {
  const unique = [...new Set(addresses)];
  const six = unique.filter(isIPv6);
  if (six.length === 0) return unique;
  const scopes = new Set(local.map(scopeOf));
  const isReachable = (address: string): boolean => scopes.has(scopeOf(address));
  return [
    ...six.filter(isReachable),
    ...unique.filter((address) => !isIPv6(address)),
    ...six.filter((address) => !isReachable(address)),
  ];
}

function localAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family }) => family === 'IPv6')
    .map(({ address }) => address);
}

function scopeOf(address: string): Scope {
  if (address === '::1') return 'loopback';
  if (LINK.check(address, 'ipv6')) return 'link';
  return UNIQUE_LOCAL.check(address, 'ipv6') ? 'unique-local' : 'global';
}

function subnet(address: string, prefix: number): BlockList {
  const list = new BlockList();
  list.addSubnet(address, prefix, 'ipv6');
  return list;
}
