import type { UrlParts } from '../../boundary/url-parts.js';
import { invalidUrl, partsOf, serialized } from '../web/url-components.js';

/** The parts of a URL; undefined for an invalid one. The classes of `url`, which most requests do without, are not loaded. */
export function parseUrl(text: string, base?: string): UrlParts | undefined {
  const href = serialized(text, base);
  return href === undefined ? undefined : partsOf(href);
}

/** The error of `Request` and `Response` for such a text. */
export function unparsable(input: string): TypeError {
  return new TypeError(`Failed to parse URL from ${input}`, { cause: invalidUrl(input) });
}

/** A URL without its fragment. */
export function withoutFragment({ href }: UrlParts): string {
  const at = href.indexOf('#');
  return at === -1 ? href : href.slice(0, at);
}

export const isHttp = ({ protocol }: UrlParts): boolean => protocol === 'http:' || protocol === 'https:';

export const isSameOrigin = (a: UrlParts, b: UrlParts): boolean =>
  a.protocol === b.protocol && a.hostname === b.hostname && a.port === b.port;
