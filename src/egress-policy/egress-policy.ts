import { type HostPattern, parseHostPattern } from './host-pattern.js';

/** Where scripts may send requests to. */
export interface EgressPolicy {
  /** The entries, as they were written. */
  readonly hosts: readonly string[];
  /** The entry that lets a URL through; undefined when none does. */
  match(url: URL): string | undefined;
}

/**
 * Makes a policy of a list such as `['api.github.com', '*.slack.com:443', 'http://intranet:8080']`.
 * @throws EgressPolicyError for an entry that is no host; the message names it
 */
export function parseEgress(list: readonly string[]): EgressPolicy {
  const patterns: readonly HostPattern[] = list.map((entry) => parseHostPattern(entry.trim()));
  return {
    hosts: patterns.map(({ text }) => text),
    match: (url) => patterns.find((pattern) => pattern.matches(url))?.text,
  };
}
