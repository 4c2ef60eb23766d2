import { isIP } from 'node:net';
import { isLoopback } from './loopback.js';

/** The value of `Host`: a name or an address, and an optional port. */
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/;

/**
 * Whether the `Host` header names another host than the service. This prevents DNS rebinding: a page could point its own
 * host name to the service's address, and would then have the same origin as the service.
 *
 * IP addresses and the local host's names are never foreign. A request without `Host` is allowed, because browsers
 * always send the header.
 * @param allowed host names without ports
 */
export function isForeignHost(host: string | undefined, allowed: readonly string[]): boolean {
  if (host === undefined || host === '') return false;
  const name = nameOf(host);
  if (name === undefined) return true;
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return !isAddress && !isLoopback(name) && !allowed.some((each) => nameOf(each) === name);
}

/** Host name in lower case, without port and trailing dot. */
function nameOf(authority: string): string | undefined {
  return AUTHORITY.exec(authority)?.[1]?.toLowerCase().replace(/\.$/, '');
}
