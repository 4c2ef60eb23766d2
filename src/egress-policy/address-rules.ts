import { BlockList, isIP } from 'node:net';
import { type AddressRange, parseRange } from './address-range.js';

/** Addresses outside the public internet (IANA's special-purpose registries). */
const IPV4_SPECIAL = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.0.0.0/24',
  '192.0.2.0/24',
  '192.31.196.0/24',
  '192.52.193.0/24',
  '192.88.99.0/24',
  '192.168.0.0/16',
  '192.175.48.0/24',
  '198.18.0.0/15',
  '198.51.100.0/24',
  '203.0.113.0/24',
  '224.0.0.0/3',
];
/** Non-public ranges within 2000::/3, the only public range: Teredo and its neighbours, documentation, 6to4. */
const IPV6_SPECIAL = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20'];
/** Cloud metadata endpoints, which serve credentials of the machine: only a rule with the exact address allows them. */
const METADATA = [
  '169.254.169.254',
  '169.254.170.2',
  '169.254.170.23',
  '100.100.100.200',
  '168.63.129.16',
  'fd00:ec2::254',
  'fd00:ec2::23',
  'fd20:ce::254',
];
/** IPv6 ranges that embed an IPv4 address in their last 32 bits. */
const EMBEDDING = listOf(['::ffff:0:0/96', '64:ff9b::/96', '64:ff9b:1::/48'].map(parseRange));

const SPECIAL = listOf([...IPV4_SPECIAL, ...IPV6_SPECIAL].map(parseRange));
const PUBLIC_IPV6 = listOf([parseRange('2000::/3')]);
const METADATA_LIST = listOf(METADATA.map(parseRange));

type Family = AddressRange['family'];

/** Decides which addresses may be connected to: public addresses, and ranges that the operator allows. The SSRF filter. */
export class AddressRules {
  /** Separate lists, since Node treats ::ffff:0:0/96 as all of IPv4. */
  readonly #named: Readonly<Record<Family, BlockList>>;
  readonly #exact: ReadonlySet<string>;

  /** @throws EgressPolicyError naming the invalid entry */
  constructor(ranges: readonly string[]) {
    const parsed = ranges.map(parseRange);
    const of = (family: Family): BlockList => listOf(parsed.filter((range) => range.family === family));
    this.#named = { ipv4: of('ipv4'), ipv6: of('ipv6') };
    this.#exact = new Set(parsed.filter(isOne).map(({ address }) => canonical(address)));
  }

  /** @param address as returned by a resolver */
  allows(address: string): boolean {
    const family = isIP(address);
    // An address with a zone is link-local.
    if (family === 0 || address.includes('%')) return false;
    if (family === 4) return this.#allows(address, 'ipv4');
    const inner = innerOf(address);
    if (inner === undefined) return this.#allows(address, 'ipv6');
    const isNamed = this.#named.ipv6.check(address, 'ipv6') || this.#named.ipv4.check(inner, 'ipv4');
    return isNamed && this.#allows(inner, 'ipv4');
  }

  #allows(address: string, family: Family): boolean {
    if (METADATA_LIST.check(address, family)) return this.#exact.has(canonical(address));
    if (this.#named[family].check(address, family)) return true;
    if (SPECIAL.check(address, family)) return false;
    return family === 'ipv4' || PUBLIC_IPV6.check(address, family);
  }
}

function listOf(ranges: readonly AddressRange[]): BlockList {
  const list = new BlockList();
  for (const { address, prefix, family } of ranges) list.addSubnet(address, prefix, family);
  return list;
}

function isOne({ prefix, family }: AddressRange): boolean {
  return prefix === (family === 'ipv4' ? 32 : 128);
}

/** The canonical spelling, as in URLs. */
function canonical(address: string): string {
  return new URL(isIP(address) === 6 ? `http://[${address}]/` : `http://${address}/`).hostname;
}

/** The IPv4 address that is embedded in an IPv6 address. */
function innerOf(address: string): string | undefined {
  if (!EMBEDDING.check(address, 'ipv6')) return undefined;
  const groups = canonical(address).slice(1, -1).split(':');
  const [high = 0, low = 0] = groups.slice(-2).map((group) => parseInt(group === '' ? '0' : group, 16));
  return [high >> 8, high & 255, low >> 8, low & 255].join('.');
}
