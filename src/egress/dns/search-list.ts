/** Search domains are part of the operator's configuration; each one costs a failed lookup two more queries. */
const MAX_DOMAINS = 32;
const MAX_NDOTS = 15;

/** How short names become full ones (resolv.conf(5)). */
export interface SearchList {
  readonly domains: readonly string[];
  /** A name with at least this many dots is tried as it is before the search domains. */
  readonly ndots: number;
}

/**
 * Parses the `search`, `domain` and `options ndots:n` lines of the text of `/etc/resolv.conf`.
 * @param hostname of this machine; its domain is the search list where the file has none
 */
export function parseSearchList(text: string, hostname: string): SearchList {
  const [, ...parent] = hostname.split('.');
  let domains = [parent.join('.')];
  let ndots = 1;
  for (const line of text.split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/);
    // The last `search` or `domain` line wins.
    if (keyword === 'search') domains = values;
    else if (keyword === 'domain') domains = values.slice(0, 1);
    else if (keyword === 'options') ndots = ndotsOf(values) ?? ndots;
  }
  const named = domains.map((domain) => domain.replace(/\.$/, '')).filter((domain) => domain !== '');
  return { domains: named.slice(0, MAX_DOMAINS), ndots };
}

function ndotsOf(options: readonly string[]): number | undefined {
  const [, digits] =
    /^ndots:(\d+)$/.exec(options.findLast((option) => option.startsWith('ndots:')) ?? '') ?? [];
  return digits === undefined ? undefined : Math.min(Number(digits), MAX_NDOTS);
}

/** The full names that a host name may stand for, in the order in which getaddrinfo queries them. */
export function candidatesOf(host: string, { domains, ndots }: SearchList): readonly string[] {
  if (host.endsWith('.')) return [host];
  const searched = domains.map((domain) => `${host}.${domain}`);
  const dots = host.split('.').length - 1;
  return dots >= ndots ? [host, ...searched] : [...searched, host];
}
