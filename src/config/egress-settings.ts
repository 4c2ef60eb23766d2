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

/** Egress: which hosts scripts may send requests to, and how much; see docs/egress.md. */
export const EGRESS_SETTINGS = {
  EGRESS: {
    kind: egressHosts(),
    defaultNote: 'none: no network access',
    description:
      'Allowlist of hosts that scripts may send requests to: https on port 443, unless an entry says `http://` or names a port.',
    option: ['egress', 'hosts'],
  },
  EGRESS_PRIVATE: {
    kind: addressRanges(),
    defaultNote: 'none',
    description:
      'Private address ranges that allowed hosts may resolve to; other non-public addresses are refused.',
    option: ['egress', 'ranges'],
  },
  EGRESS_RESOLVE: {
    kind: pinnedHosts(),
    defaultNote: "the system's resolver",
    description: 'Fixed addresses of hosts, used in place of a DNS lookup.',
    option: ['egress', 'pinnedHosts'],
  },
  EGRESS_CA: {
    kind: certificateFile(),
    defaultNote: 'none',
    description: 'Additional CA certificates that are trusted for those hosts, besides those of Node.',
    option: ['egress', 'authorities'],
  },
  EGRESS_HEADERS: {
    kind: headerRules(),
    defaultNote: 'none',
    description: 'Headers that are added to requests to a host; scripts never see them.',
    noFlag: 'every user of this machine can read command lines',
    secret: true,
    option: ['egress', 'headers'],
  },
  EGRESS_HEADERS_FILE: {
    kind: headerRulesFile(),
    defaultNote: 'none',
    description:
      'File that contains these headers, as an alternative to `EGRESS_HEADERS`; read once, at startup.',
    secret: true,
  },
  EGRESS_REQUESTS: {
    kind: wholeNumber(1, 10_000),
    default: '100',
    description: 'Maximum number of requests of a script.',
    option: ['egress', 'maxRequests'],
  },
  EGRESS_CONCURRENCY: {
    kind: wholeNumber(1, 100),
    default: '10',
    description: 'Maximum number of concurrent requests of a script; further requests wait.',
    option: ['egress', 'maxConcurrencyPerExecution'],
  },
  EGRESS_MAX_CONCURRENCY: {
    kind: wholeNumber(1, 65_535),
    default: '256',
    description:
      'Maximum number of concurrent requests of all scripts; further requests wait. One tenant has at most half of them.',
    option: ['egress', 'maxConcurrency'],
  },
  EGRESS_REQUEST_BYTES: {
    kind: wholeNumber(0, 1_073_741_824),
    default: '16777216',
    description: 'Maximum size of a request body, in bytes.',
    option: ['egress', 'maxRequestBytes'],
  },
  EGRESS_RESPONSE_BYTES: {
    kind: wholeNumber(0, 1_073_741_824),
    default: '16777216',
    description: 'Maximum size of a response body as it is on the wire, compressed or not, in bytes.',
    option: ['egress', 'maxResponseBytes'],
  },
  EGRESS_RESPONSE_TIMEOUT: {
    kind: milliseconds(1),
    default: '10000',
    description: 'Maximum wait for the response headers, in milliseconds.',
    option: ['egress', 'headTimeoutMs'],
  },
  EGRESS_TIMEOUT: {
    kind: milliseconds(1),
    default: '30000',
    description:
      'Maximum duration of a request, in milliseconds; the deadline of its script ends it in any case.',
    option: ['egress', 'timeoutMs'],
  },
} as const satisfies Record<string, Setting>;
