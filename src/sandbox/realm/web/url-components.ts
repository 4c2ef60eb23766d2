import { type CodedError, coded } from '../../boundary/coded-errors.js';
import type { UrlParts } from '../../boundary/url-parts.js';

/** Schemes whose URLs have an origin of their own. */
const WITH_ORIGIN = /^(?:https?|wss?|ftp):$/;

/** Parses a URL; returns it serialized, or undefined if it is not valid. */
export function serialized(text: string, base?: string): string | undefined {
  // To the host, an empty base means that there is none; to the standard it is not valid.
  if (base === '') return undefined;
  const href = base === undefined ? environment.ask('url', text) : environment.ask('url', text, base);
  return href === '' ? undefined : href;
}

/** Node's error for texts that are not a URL. */
export function invalidUrl(input: string, base?: string): CodedError {
  const error = Object.assign(coded(new TypeError('Invalid URL'), 'ERR_INVALID_URL'), { input });
  return base === undefined ? error : Object.assign(error, { base });
}

/** As Node tells a URL from other objects, such as options or the result of `url.parse`. */
export function isUrl(value: object): value is UrlParts {
  const { href, protocol, auth, path } = value as Readonly<Record<string, unknown>>;
  return Boolean(href) && Boolean(protocol) && auth === undefined && path === undefined;
}

/**
 * Splits a serialized URL, in which each delimiter is unambiguous: a path that would begin with `//` stands after `/.` where there
 * is no authority, and all other delimiters are percent-encoded inside of a component.
 */
export function partsOf(href: string): UrlParts {
  const schemeEnd = href.indexOf(':') + 1;
  const hashAt = href.indexOf('#', schemeEnd);
  const hashStart = hashAt === -1 ? href.length : hashAt;
  const searchAt = href.indexOf('?', schemeEnd);
  const searchStart = searchAt === -1 || searchAt > hashStart ? hashStart : searchAt;
  const protocol = href.slice(0, schemeEnd);
  const search = href.slice(searchStart, hashStart);
  const hash = href.slice(hashStart);
  const before = href.slice(schemeEnd, searchStart);
  const authority = before.startsWith('//') ? authorityOf(before) : NO_AUTHORITY;
  const pathname = before.startsWith('/.//') ? before.slice(2) : before.slice(authority.length);
  const { username, password, host, hostname, port } = authority;
  return {
    href,
    origin: originOf(protocol, host, pathname),
    protocol,
    username,
    password,
    host,
    hostname,
    port,
    pathname,
    search: search === '?' ? '' : search,
    hash: hash === '#' ? '' : hash,
  };
}

const NO_AUTHORITY = { length: 0, username: '', password: '', host: '', hostname: '', port: '' };

/** @param before what is between the scheme and the query, from `//` on */
function authorityOf(before: string): typeof NO_AUTHORITY {
  const slash = before.indexOf('/', 2);
  const length = slash === -1 ? before.length : slash;
  const at = before.lastIndexOf('@', length - 1);
  const credentials = at === -1 ? '' : before.slice(2, at);
  const host = before.slice(at === -1 ? 2 : at + 1, length);
  const colon = credentials.indexOf(':');
  // An IPv6 address has colons of its own.
  const portAt = host.indexOf(':', host[0] === '[' ? host.indexOf(']') : 0);
  return {
    length,
    username: colon === -1 ? credentials : credentials.slice(0, colon),
    password: colon === -1 ? '' : credentials.slice(colon + 1),
    // Node has no host without a name; a setter can leave a port alone.
    host: portAt === 0 ? '' : host,
    hostname: portAt === -1 ? host : host.slice(0, portAt),
    port: portAt === -1 ? '' : host.slice(portAt + 1),
  };
}

function originOf(protocol: string, host: string, pathname: string): string {
  if (WITH_ORIGIN.test(protocol)) return `${protocol}//${host}`;
  const inner = protocol === 'blob:' ? serialized(pathname) : undefined;
  if (inner === undefined) return 'null';
  const parts = partsOf(inner);
  return parts.protocol === 'http:' || parts.protocol === 'https:' ? parts.origin : 'null';
}
