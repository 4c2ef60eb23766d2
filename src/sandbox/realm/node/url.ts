import legacy from 'url/url.js';
import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { part } from '../kit/parts.js';
import { URL } from '../web/url-class.js';
import { URLSearchParams } from '../web/url-search-params.js';

const legacyFormat = legacy['format'] as (value: unknown) => string;

interface FormatOptions {
  readonly auth?: boolean;
  readonly fragment?: boolean;
  readonly search?: boolean;
  readonly unicode?: boolean;
}

function format(value: unknown, options: FormatOptions = {}): string {
  if (!(value instanceof URL)) return legacyFormat(value);
  const url = new URL(value.href) as URL &
    Record<'username' | 'password' | 'hash' | 'search', string> & { hostname: string };
  if (options.auth === false) url.username = url.password = '';
  if (options.fragment === false) url.hash = '';
  if (options.search === false) url.search = '';
  return options.unicode === true ? url.href.replace(url.hostname, domainToUnicode(url.hostname)) : url.href;
}

const domainToASCII = (domain: unknown) => environment.ask('domainToASCII', String(domain));
const domainToUnicode = (domain: unknown) => environment.ask('domainToUnicode', String(domain));

function fileURLToPath(value: unknown): string {
  const url = (value instanceof URL ? value : new URL(value)) as URL & { protocol: string; pathname: string };
  if (url.protocol !== 'file:') {
    throw coded(new TypeError('The URL must be of scheme file'), 'ERR_INVALID_URL_SCHEME');
  }
  if (/%2f/i.test(url.pathname)) {
    throw coded(
      new TypeError('File URL path must not include encoded / characters'),
      'ERR_INVALID_FILE_URL_PATH',
    );
  }
  return decodeURIComponent(url.pathname);
}

function pathToFileURL(path: unknown): URL {
  if (typeof path !== 'string') throw invalidArgument('path', 'of type string', path);
  const full = part('path').resolve(path) + (path.endsWith('/') && path !== '/' ? '/' : '');
  return new URL(`file://${encodeURI(full).replaceAll('?', '%3F').replaceAll('#', '%23')}`);
}

function urlToHttpOptions(url: URL & Record<string, string>) {
  const { protocol, hostname = '', hash, search, pathname, href, port, username, password } = url;
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

function parse(value: unknown, ...rest: unknown[]): unknown {
  if (typeof value !== 'string') throw invalidArgument('url', 'of type string', value);
  return (legacy['parse'] as (...args: unknown[]) => unknown)(value, ...rest);
}

export default {
  ...legacy,
  parse,
  format,
  URL,
  URLSearchParams,
  domainToASCII,
  domainToUnicode,
  fileURLToPath,
  pathToFileURL,
  urlToHttpOptions,
};
