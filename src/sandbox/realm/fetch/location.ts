import { fromLatin1 } from '../../boundary/latin1.js';
import type { UrlParts } from '../../boundary/url-parts.js';
import { part } from '../kit/parts.js';
import { parseUrl } from './parse-url.js';

/** The URL that a redirect leads to; it keeps the fragment of the current one. Undefined for an invalid one. */
export function locationOf(header: string, current: UrlParts): UrlParts | undefined {
  // Servers send UTF-8, though a header is Latin-1.
  const text = /^[ -~]*$/.test(header)
    ? header
    : new (part('text-coding').TextDecoder)().decode(fromLatin1(header, 0, header.length));
  const url = parseUrl(text, current.href);
  if (url === undefined || url.hash !== '' || current.hash === '') return url;
  return { ...url, href: `${url.href.replace(/#$/, '')}${current.hash}`, hash: current.hash };
}
