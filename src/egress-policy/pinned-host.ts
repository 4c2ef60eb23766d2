import { isIP } from 'node:net';
import { EgressPolicyError } from './errors.js';

/** A fixed address of a host, used in place of a DNS lookup. */
export interface PinnedHost {
  readonly host: string;
  readonly address: string;
  readonly port: number | undefined;
}

/**
 * Parses `api.example.com=10.0.0.5`, `api.example.com=10.0.0.5:8443`, `api.example.com=[fd00::5]:8443`.
 * @throws EgressPolicyError naming the entry
 */
export function parsePinnedHost(text: string): PinnedHost {
  const [, host = '', four = '', six = '', port] =
    /^([\w.-]+)=(?:([\d.]+)|\[([\da-f:.]+)\])(?::(\d{1,5}))?$/i.exec(text) ?? [];
  const address = four === '' ? six : four;
  const number = port === undefined ? undefined : Number(port);
  if (isIP(address) !== (four === '' ? 6 : 4) || (number !== undefined && (number < 1 || number > 65_535)))
    throw new EgressPolicyError(`${JSON.stringify(text.slice(0, 60))} is not of the form host=address`);
  return { host: host.toLowerCase(), address, port: number };
}
