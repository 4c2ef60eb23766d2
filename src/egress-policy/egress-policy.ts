import { type HostPattern, parseHostPattern } from './host-pattern.js';

/** The egress allowlist: hosts that scripts may send requests to. */
export interface EgressPolicy {
  /** The entries as the operator wrote them. */
  readonly hosts: readonly string[];
  /** The entry that allows a URL; undefined if none does. */
  match(url: URL): string | undefined;
}

/**
 * Parses an allowlist such as `['api.github.com', '*.slack.com:443', 'http://intranet:8080']`.
 * @throws EgressPolicyError naming the invalid entry
 */
export function parseEgress(list: readonly string[]): EgressPolicy {
  const patterns: readonly HostPattern[] = list.map((entry) => parseHostPattern(entry.trim()));
  return {
    hosts: patterns.map(({ text }) => text),
    match: (url) => patterns.find((pattern) => pattern.matches(url))?.text,
  };
}
