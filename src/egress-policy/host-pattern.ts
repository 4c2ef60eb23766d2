import { isIP } from 'node:net';
import { EgressPolicyError } from './errors.js';

/** One entry of the allowlist. */
export interface HostPattern {
  /** As the operator wrote it. */
  readonly text: string;
  matches(url: URL): boolean;
}

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const ENTRY = /^(?:(https?):\/\/)?(\*\.|\*$|\*(?=:))?([^\s:/?#@*\\]*|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i;
const NAME = /^(?:[\da-z_](?:[\w-]{0,61}[\da-z])?\.)*[\da-z_](?:[\w-]{0,61}[\da-z])?$/;

/**
 * Parses `[http://|https://]host[:port]`. The host is a name, `*.` and a name (its subdomains, not the name itself), `*`
 * (every name), or an IP address. The default scheme is https, the default port is that of the scheme.
 * @throws EgressPolicyError naming the entry
 */
export function parseHostPattern(text: string): HostPattern {
  const [, scheme = 'https', star = '', given = '', port] = ENTRY.exec(text) ?? [];
  const protocol = `${scheme.toLowerCase()}:`;
  if (star === '*' ? given !== '' : given === '') throw wrong(text, 'is not a valid host');
  const host = star === '*' ? '' : canonical(text, given);
  if (star !== '' && isAddress(host)) throw wrong(text, 'is an IP address, which has no subdomains');
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    throw wrong(text, 'has an invalid port');
  if (protocol === 'https:' && port === '80')
    throw wrong(text, 'is https on port 80; write http:// for plain http');
  const wanted = port === undefined ? PORTS[protocol] : String(Number(port));
  return {
    text,
    matches(url) {
      if (url.protocol !== protocol || portOf(url) !== wanted) return false;
      if (star === '') return url.hostname === host;
      // Wildcards match names only, never addresses.
      if (isAddress(url.hostname)) return false;
      return star === '*' || url.hostname.endsWith(`.${host}`);
    },
  };
}

/** The port of a URL, with the default of its scheme. */
export function portOf(url: URL): string | undefined {
  return url.port === '' ? PORTS[url.protocol] : url.port;
}

/** Whether the host of a URL is an IP address. */
export function isAddress(host: string): boolean {
  return host.startsWith('[') || isIP(host) !== 0;
}

/** The spelling in URLs: lower case, Punycode, canonical addresses. */
function canonical(text: string, host: string): string {
  const url = `http://${host}/`;
  if (!URL.canParse(url)) throw wrong(text, 'is not a valid host');
  const { hostname } = new URL(url);
  if (isAddress(hostname)) {
    // `0x7f.1` is a valid address, too, but a reader of the setting would not notice.
    if (hostname !== host.toLowerCase()) throw wrong(text, `must be written as ${hostname}`);
  } else if (!NAME.test(hostname)) throw wrong(text, 'is not a valid host');
  return hostname;
}

function wrong(text: string, problem: string): EgressPolicyError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new EgressPolicyError(`${JSON.stringify(shown)} ${problem}`);
}
