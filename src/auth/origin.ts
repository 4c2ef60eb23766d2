import { isLoopback } from './loopback.js';

/** Scheme and authority only: anything longer was not written by a browser. */
const ORIGIN = /^[a-z][a-z0-9+.-]*:\/\/[^\s/?#@\\,]+$/i;

function parse(origin: string): URL | undefined {
  return ORIGIN.test(origin) && URL.canParse(origin) ? new URL(origin) : undefined;
}

/** The same text for every spelling of an origin: lower case, without the scheme's own port. */
function spell(url: URL): string {
  return `${url.protocol}//${url.host}`.toLowerCase();
}

/**
 * Whether a request comes from a web page that is neither of this machine nor one of `allowed`. Without a
 * secret such a page could run code here through its visitor's browser.
 *
 * Browsers always send `Origin` with an upgrade and pages cannot forge it; other clients need not send it. `null`
 * (a sandboxed frame, a file) can be any page, so it is foreign.
 */
export function isForeignOrigin(origin: string | undefined, allowed: readonly string[]): boolean {
  if (origin === undefined) return false;
  const url = parse(origin);
  if (url === undefined) return true;
  if (isLoopback(url.hostname.toLowerCase())) return false;
  const spelled = spell(url);
  return !allowed.some((entry) => {
    const other = parse(entry.replace(/\/$/, ''));
    return other !== undefined && spell(other) === spelled;
  });
}

/** The names in web origins, without ports. */
export function hostsOf(origins: readonly string[]): readonly string[] {
  return origins.flatMap((origin) => parse(origin.replace(/\/$/, ''))?.hostname ?? []);
}
