import { invalidArgument } from '../../boundary/coded-errors.js';
import { define, named } from '../kit/define.js';
import { part } from '../kit/parts.js';
import { URL } from '../web/url-class.js';
import { URLSearchParams } from '../web/url-search-params.js';
import { toText } from '../kit/conversions.js';

/** The fields of a parsed URL, in Node's order. */
const FIELDS = [
  'protocol',
  'slashes',
  'auth',
  'host',
  'port',
  'hostname',
  'hash',
  'search',
  'query',
  'pathname',
  'path',
  'href',
] as const;

type Fields = Partial<Record<(typeof FIELDS)[number], unknown>>;

/** The result of `url.parse`: Node's own function, on the other side, fills it. */
function Url(this: Fields): void {
  for (const field of FIELDS) this[field] = null;
}
const Constructor = Url as unknown as new () => Fields;

const methods = {
  parse(this: Fields, url: unknown, parseQueryString?: unknown, slashesDenoteHost?: unknown): Fields {
    if (typeof url !== 'string') throw invalidArgument('url', 'of type string', url);
    const parsed = part('native').call(
      'url.parse',
      url,
      Boolean(parseQueryString),
      Boolean(slashesDenoteHost),
    );
    return Object.assign(this, parsed);
  },

  format(this: Fields): string {
    const fields: Fields = {};
    for (const field of FIELDS) if (this[field] !== undefined) fields[field] = this[field];
    return part('native').call('url.format', fields) as string;
  },

  resolve(this: Fields, relative: unknown): string {
    return part('native').call('url.resolve', methods.format.call(this), relative) as string;
  },

  resolveObject(this: Fields, relative: unknown): Fields {
    const target = typeof relative === 'string' ? relative : methods.format.call(relative as Fields);
    return parse(methods.resolve.call(this, target), false, true);
  },

  /** Splits the port off the host. */
  parseHost(this: Fields): void {
    const [, host = '', port] = /^(.*?)(?::(\d*))?$/s.exec(String(this.host)) ?? [];
    if (port !== undefined && port !== '') this.port = port;
    if (host !== '') this.hostname = host;
  },
};
for (const [name, method] of Object.entries(methods))
  define(Url.prototype as object, name, named(name, method));

function parse(url: unknown, parseQueryString?: unknown, slashesDenoteHost?: unknown): Fields {
  if (url instanceof Constructor) return url;
  return methods.parse.call(new Constructor(), url, parseQueryString, slashesDenoteHost);
}

function resolve(source: unknown, relative: unknown): string {
  if (typeof source === 'string' && typeof relative === 'string')
    return part('native').call('url.resolve', source, relative) as string;
  return methods.resolve.call(parse(source, false, true), relative);
}

function resolveObject(source: unknown, relative: unknown): unknown {
  return source ? methods.resolveObject.call(parse(source, false, true), relative) : relative;
}

interface FormatOptions {
  readonly auth?: unknown;
  readonly fragment?: unknown;
  readonly search?: unknown;
  readonly unicode?: unknown;
}

function format(value: unknown, options?: FormatOptions): string {
  if (typeof value === 'string') return methods.format.call(parse(value));
  if (typeof value !== 'object' || value === null)
    throw invalidArgument('urlObject', 'one of type object or string', value);
  if (!(value instanceof URL)) return methods.format.call(value);
  if (options !== undefined && options !== null && typeof options !== 'object')
    throw invalidArgument('options', 'of type object', options);
  return formatUrl(value, options ?? {});
}

function isOff(option: unknown): boolean {
  return option !== undefined && option !== null && !option;
}

function formatUrl(value: URL, { auth, fragment, search, unicode }: FormatOptions): string {
  const url = new URL(value.href);
  if (isOff(auth)) url.username = url.password = '';
  if (isOff(fragment)) url.hash = '';
  if (isOff(search)) url.search = '';
  return unicode ? url.href.replace(url.hostname, () => domainToUnicode(url.hostname)) : url.href;
}

function domainToASCII(domain: unknown): string {
  return environment.ask('domainToASCII', toText(domain));
}

function domainToUnicode(domain: unknown): string {
  return environment.ask('domainToUnicode', toText(domain));
}

function fileURLToPath(url: unknown, options?: unknown): string {
  if (typeof url !== 'string' && !(url instanceof URL))
    throw invalidArgument('path', 'of type string or an instance of URL', url);
  return part('native').call('url.fileURLToPath', String(url), options) as string;
}

function pathToFileURL(path: unknown, options?: unknown): URL {
  if (typeof path !== 'string') throw invalidArgument('path', 'of type string', path);
  return new URL(part('native').call('url.pathToFileURL', path, options));
}

function urlToHttpOptions(url: URL & Record<string, string>) {
  const { protocol, hostname, hash, search, pathname, href, port, username, password } = url;
  return {
    __proto__: null,
    protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    hash,
    search,
    pathname,
    path: `${pathname ?? ''}${search ?? ''}`,
    href,
    ...(port === '' ? {} : { port: Number(port) }),
    ...(username === '' && password === ''
      ? {}
      : { auth: `${decodeURIComponent(username ?? '')}:${decodeURIComponent(password ?? '')}` }),
  };
}

export default {
  Url,
  parse,
  resolve,
  resolveObject,
  format,
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  pathToFileURL,
  fileURLToPath,
  urlToHttpOptions,
};
