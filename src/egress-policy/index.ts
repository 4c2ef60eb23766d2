export { AddressRules } from './address-rules.js';
export { EgressPolicyError } from './errors.js';
export { parseEgress, type EgressPolicy } from './egress-policy.js';
export { NO_HEADERS, parseHeaderRules, type HeaderRules } from './header-rules.js';
export { parsePinnedHost, type PinnedHost } from './pinned-host.js';
export { portOf } from './host-pattern.js';
