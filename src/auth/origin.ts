import { isLoopback } from './loopback.js';

/** Scheme and authority. Browsers send nothing else in `Origin`. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\,]+$/i;

function parse(origin: string): URL | undefined {
  return ORIGIN.test(origin) && URL.canParse(origin) ? new URL(origin) : undefined;
}

/** Normalizes an origin: lower case, without the scheme's default port. */
function normalize(url: URL): string {
  return `${url.protocol}//${url.host}`.toLowerCase();
}

/**
 * Whether the request comes from a web page whose origin is neither local nor in `allowed`. Without a secret, such a page
 * could run code on the service through a user's browser (cross-site request forgery).
 *
 * Browsers always send `Origin` with an upgrade, and pages cannot forge it. Other clients need not send it. The origin
 * `null` (a sandboxed frame, a file) may be any page, so it is foreign.
 */
export function isForeignOrigin(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined) return false;
  const url = parse(origin);
  if (url === undefined) return true;
  if (isLoopback(url.hostname.toLowerCase())) return false;
  const normalized = normalize(url);
  return !allowed.some((entry) => {
    const other = parse(entry.replace(/\/$/, ''));
    return other !== undefined && normalize(other) === normalized;
  });
}

/** Host names of web origins, without ports. */
export function hostsOf(origins: readonly string[]): readonly string[] {
  return origins.flatMap((origin) => parse(origin.replace(/\/$/, ''))?.hostname ?? []);
}
