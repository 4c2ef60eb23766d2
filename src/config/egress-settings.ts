import {
  addressRanges,
  certificateFile,
  egressHosts,
  headerRules,
  headerRulesFile,
  pinnedHosts,
} from './egress-values.js';
import { milliseconds, wholeNumber } from './plain-values.js';
import type { Setting } from './setting.js';

/** Where scripts may send requests, and how much; docs/egress.md says what each means. */
export const EGRESS_SETTINGS = {
  EGRESS: {
    kind: egressHosts(),
    without: 'none: no network',
    meaning:
      'Hosts that scripts may send requests to: https on port 443, unless the entry says `http://` or a port.',
  },
  EGRESS_PRIVATE: {
    kind: addressRanges(),
    without: 'none',
    meaning:
      'Ranges of private addresses at which those hosts may be; all others that are not public are refused.',
  },
  EGRESS_RESOLVE: {
    kind: pinnedHosts(),
    without: "the machine's resolver",
    meaning: 'Addresses of hosts that no resolver is asked for.',
  },
  EGRESS_CA: {
    kind: certificateFile(),
    without: 'none',
    meaning: 'Certificates of authorities that are trusted for those hosts, beside those that Node knows.',
  },
  EGRESS_HEADERS: {
    kind: headerRules(),
    without: 'none',
    meaning: 'Headers that are added to requests to a host, and that scripts never see.',
    noFlag: 'every user of this machine can read its command lines',
    secret: true,
  },
  EGRESS_HEADERS_FILE: {
    kind: headerRulesFile(),
    without: 'none',
    meaning: 'File that holds these headers, in place of `EGRESS_HEADERS`; read once, at start.',
    secret: true,
  },
  EGRESS_REQUESTS: {
    kind: wholeNumber(1, 10_000),
    initial: '100',
    meaning: 'Most requests of a script.',
  },
  EGRESS_CONCURRENCY: {
    kind: wholeNumber(1, 100),
    initial: '10',
    meaning: 'Most requests of a script that are under way at once; others wait.',
  },
  EGRESS_MAX_CONCURRENCY: {
    kind: wholeNumber(1, 65_535),
    initial: '256',
    meaning:
      'Most requests of all scripts that are under way at once; others wait. One tenant has at most half of them.',
  },
  EGRESS_REQUEST_BYTES: {
    kind: wholeNumber(0, 1_073_741_824),
    initial: '16777216',
    meaning: 'Longest body of a request, in bytes.',
  },
  EGRESS_RESPONSE_BYTES: {
    kind: wholeNumber(0, 1_073_741_824),
    initial: '16777216',
    meaning: 'Longest body of a response, in bytes as they come, compressed or not.',
  },
  EGRESS_RESPONSE_TIMEOUT: {
    kind: milliseconds(1),
    initial: '10000',
    meaning: 'Milliseconds until the head of a response.',
  },
  EGRESS_TIMEOUT: {
    kind: milliseconds(1),
    initial: '30000',
    meaning: 'Milliseconds that a request may take in all; the deadline of its script ends it in any case.',
  },
} as const satisfies Record<string, Setting>;
