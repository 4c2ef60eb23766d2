import { isIP } from 'node:net';
import { isLoopback } from './loopback.js';

/** A name or an address, and perhaps a port: what `Host` carries. */
const AUTHORITY = /^(\[[^\]]*\]|[^:[\]]*)(?::\d*)?$/;

/**
 * Whether a request was sent to a name that is not the service's. Without a secret, a page could give its own name the
 * address of this machine (DNS rebinding), and would then be of the same origin as the service.
 *
 * An IP address is not a name, so it is never foreign; nor is this machine's own name. Browsers always send `Host`, so
 * without one a request is no page's.
 * @param allowed names without a port
 */
export function isForeignHost(host: string | undefined, allowed: readonly string[]): boolean {
  if (host === undefined || host === '') return false;
  const name = nameOf(host);
  if (name === undefined) return true;
  const isAddress = isIP(name.replace(/^\[(.*)\]$/, '$1')) !== 0;
  return !isAddress && !isLoopback(name) && !allowed.some((each) => nameOf(each) === name);
}

/** In lower case, without the dot that may end a name. */
function nameOf(authority: string): string | undefined {
  return AUTHORITY.exec(authority)?.[1]?.toLowerCase().replace(/\.$/, '');
}
