import { isIP } from 'node:net';
import { EgressPolicyError } from './errors.js';

/** An IP address range in CIDR form. */
export interface AddressRange {
  readonly address: string;
  readonly prefix: number;
  readonly family: 'ipv4' | 'ipv6';
}

/**
 * Parses `10.0.0.0/8`, `fd00::/8`, or a single address.
 * @throws EgressPolicyError naming the entry
 */
export function parseRange(text: string): AddressRange {
  const [, address = '', prefix] = /^([\da-f:.]+)(?:\/(\d{1,3}))?$/i.exec(text) ?? [];
  const bits = isIP(address) === 4 ? 32 : 128;
  const length = prefix === undefined ? bits : Number(prefix);
  if (isIP(address) === 0 || length > bits)
    throw new EgressPolicyError(`${JSON.stringify(text.slice(0, 60))} is not an IP address range`);
  return { address, prefix: length, family: bits === 32 ? 'ipv4' : 'ipv6' };
}
