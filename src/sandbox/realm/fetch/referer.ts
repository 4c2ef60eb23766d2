import type { UrlParts } from '../../boundary/url-parts.js';
import { isSameOrigin } from './parse-url.js';

const LOCAL: ReadonlySet<string> = new Set(['about:', 'blob:', 'data:']);
const LOOPBACK = /^(?:127(?:\.\d{1,3}){3}|\[::1\]|(?:.*\.)?localhost\.?)$/;

/** The `referer` of a request: https://w3c.github.io/webappsec-referrer-policy/#determine-requests-referrer. */
export function refererOf(referrer: UrlParts, policy: string, current: UrlParts): string | undefined {
  if (LOCAL.has(referrer.protocol)) return undefined;
  const origin = `${referrer.origin}/`;
  const full = `${referrer.origin}${referrer.pathname}${referrer.search}`;
  const whole = full.length > 4096 ? origin : full;
  const isDowngrade = isTrustworthy(referrer) && !isTrustworthy(current);
  const isSame = isSameOrigin(referrer, current);
  switch (policy) {
    case 'no-referrer':
      return undefined;
    case 'origin':
      return origin;
    case 'unsafe-url':
      return whole;
    case 'same-origin':
      return isSame ? whole : undefined;
    case 'origin-when-cross-origin':
      return isSame ? whole : origin;
    case 'strict-origin':
      return isDowngrade ? undefined : origin;
    case 'no-referrer-when-downgrade':
      return isDowngrade ? undefined : whole;
    default:
      if (isSame) return whole;
      return isDowngrade ? undefined : origin;
  }
}

function isTrustworthy({ protocol, hostname }: UrlParts): boolean {
  return protocol === 'https:' || protocol === 'wss:' || protocol === 'file:' || LOOPBACK.test(hostname);
}
