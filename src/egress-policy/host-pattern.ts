import { isIP } from 'node:net';
import { EgressPolicyError } from './errors.js';

/** One entry of a list of hosts, as the URLs that it lets through. */
export interface HostPattern {
  /** As the operator wrote it. */
  readonly text: string;
  matches(url: URL): boolean;
}

const PORTS: Readonly<Record<string, string>> = { 'http:': '80', 'https:': '443' };
const ENTRY = /^(?:(https?):\/\/)?(\*\.|\*$|\*(?=:))?([^\s:/?#@*\\]*|\[[\da-f:.]+\])(?::(\d{1,5}))?$/i;
const NAME = /^(?:[\da-z_](?:[\w-]{0,61}[\da-z])?\.)*[\da-z_](?:[\w-]{0,61}[\da-z])?$/;

/**
 * Reads `[http://|https://]host[:port]`. The host is a name, `*.` and a name (what is below it, not it itself), `*`
 * (every name), or an IP address. Without a scheme it is https, without a port the scheme's own.
 * @throws EgressPolicyError naming the entry
 */
export function parseHostPattern(text: string): HostPattern {
  const [, scheme = 'https', star = '', given = '', port] = ENTRY.exec(text) ?? [];
  const protocol = `${scheme.toLowerCase()}:`;
  if (star === '*' ? given !== '' : given === '') throw wrong(text, 'is no host');
  const host = star === '*' ? '' : canonical(text, given);
  if (star !== '' && isAddress(host)) throw wrong(text, 'is an address below which there is nothing');
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535))
    throw wrong(text, 'has no such port');
  if (protocol === 'https:' && port === '80')
    throw wrong(text, 'is https on port 80; for http write http://');
  const wanted = port === undefined ? PORTS[protocol] : String(Number(port));
  return {
    text,
    matches(url) {
      if (url.protocol !== protocol || portOf(url) !== wanted) return false;
      if (star === '') return url.hostname === host;
      // An address has to be named.
      if (isAddress(url.hostname)) return false;
      return star === '*' || url.hostname.endsWith(`.${host}`);
    },
  };
}

/** The port that a URL means. */
export function portOf(url: URL): string | undefined {
  return url.port === '' ? PORTS[url.protocol] : url.port;
}

/** Whether the host of a URL is an IP address. */
export function isAddress(host: string): boolean {
  return host.startsWith('[') || isIP(host) !== 0;
}

/** As it is in URLs: lower case, Punycode, and the one spelling of an address. */
function canonical(text: string, host: string): string {
  const url = `http://${host}/`;
  if (!URL.canParse(url)) throw wrong(text, 'is no host');
  const { hostname } = new URL(url);
  if (isAddress(hostname)) {
    // 0x7f.1 is one, too, but nobody who reads the setting would know.
    if (hostname !== host.toLowerCase()) throw wrong(text, `is an address that is written ${hostname}`);
  } else if (!NAME.test(hostname)) throw wrong(text, 'is no host');
  return hostname;
}

function wrong(text: string, problem: string): EgressPolicyError {
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text;
  return new EgressPolicyError(`${JSON.stringify(shown)} ${problem}`);
}
