import { isIP } from 'node:net';

/** Addresses by host name in lower case, in the order of the file (hosts(5)). */
export type HostsFile = ReadonlyMap<string, readonly string[]>;

/** Parses the text of `/etc/hosts`; lines without a valid address are skipped, as getaddrinfo does. */
export function parseHostsFile(text: string): HostsFile {
  const hosts = new Map<string, string[]>();
  for (const line of text.split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (isIP(address) === 0) continue;
    for (const name of names) {
      const known = hosts.get(name.toLowerCase());
      if (known === undefined) hosts.set(name.toLowerCase(), [address]);
      else known.push(address);
    }
  }
  return hosts;
}
