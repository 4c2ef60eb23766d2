import type { UrlParts } from '../../boundary/url-parts.js';
import { part } from '../kit/parts.js';
import type { Body } from './body.js';
import type { HeaderList } from './header-list.js';
import type { InnerRequest } from './inner-request.js';

const CONDITIONS = ['if-modified-since', 'if-none-match', 'if-unmodified-since', 'if-match', 'if-range'];

/** Adds the headers that the standard adds to every request, as Node's fetch does. */
export function sentHeaders(
  { cache, mode, referrer, referrerPolicy }: InnerRequest,
  list: HeaderList,
  method: string,
  body: Body | null,
  current: UrlParts,
): HeaderList {
  if (body !== null && body.length !== null) list.setDefault('content-length', `${body.length}`);
  else if (body === null && (method === 'POST' || method === 'PUT')) list.setDefault('content-length', '0');
  if (typeof referrer === 'object') {
    const referer = part('fetch-extras').refererOf(referrer, referrerPolicy, current);
    if (referer !== undefined) list.append('referer', 'referer', referer);
  }
  list.set('sec-fetch-mode', 'sec-fetch-mode', mode);
  list.setDefault('user-agent', 'node');
  const isUncached =
    cache === 'no-store' ||
    cache === 'reload' ||
    (cache === 'default' && CONDITIONS.some((name) => list.has(name)));
  if (cache === 'no-cache') list.setDefault('cache-control', 'max-age=0');
  if (isUncached) {
    list.setDefault('pragma', 'no-cache');
    list.setDefault('cache-control', 'no-cache');
  }
  if (list.has('range')) list.append('accept-encoding', 'accept-encoding', 'identity');
  list.setDefault('accept-encoding', current.protocol === 'https:' ? 'br, gzip, deflate' : 'gzip, deflate');
  list.delete('host');
  return list;
}
