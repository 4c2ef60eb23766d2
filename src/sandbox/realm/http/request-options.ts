import { coded } from '../../boundary/coded-errors.js';
import type { UrlParts } from '../../boundary/url-parts.js';
import { parseUrl } from '../fetch/parse-url.js';
import { invalidUrl, isUrl } from '../web/url-components.js';

/** The options of a script, which may be of any type. */
export interface RequestOptions {
  readonly protocol?: string | null;
  readonly method?: unknown;
  readonly host?: unknown;
  readonly hostname?: unknown;
  readonly port?: unknown;
  readonly defaultPort?: unknown;
  readonly path?: unknown;
  readonly auth?: unknown;
  readonly headers?: unknown;
  readonly timeout?: unknown;
  readonly signal?: unknown;
  readonly setHost?: unknown;
  readonly socketPath?: unknown;
  readonly agent?: { readonly protocol?: string } | false;
}

/** Reads the arguments of `http.request(url, options, callback)` in each of its forms. */
export function readArguments(args: readonly unknown[]): {
  readonly options: RequestOptions;
  readonly callback: unknown;
} {
  const [first, ...rest] = args;
  let options: RequestOptions = {};
  if (typeof first === 'string') options = optionsOf(parsed(first));
  else if (typeof first === 'object' && first !== null) options = isUrl(first) ? optionsOf(first) : first;
  const [second] = rest;
  if (typeof second === 'object' && second !== null)
    return { options: { ...options, ...second }, callback: rest[1] };
  return { options, callback: second };
}

/** @throws TypeError for a text that is not a URL */
function parsed(text: string): UrlParts {
  const url = parseUrl(text);
  if (url !== undefined) return url;
  throw invalidUrl(text);
}

function optionsOf({
  protocol,
  hostname,
  pathname,
  search,
  port,
  username,
  password,
}: UrlParts): RequestOptions {
  const hasAuth = username !== '' || password !== '';
  return {
    protocol,
    hostname: hostname.startsWith('[') ? hostname.slice(1, -1) : hostname,
    path: `${pathname}${search}`,
    ...(port !== '' && { port: Number(port) }),
    ...(hasAuth && { auth: `${decodeURIComponent(username)}:${decodeURIComponent(password)}` }),
  };
}

/** The protocol of the request. */
export function protocolOf(options: RequestOptions, own: string): string {
  const expected = (typeof options.agent === 'object' && options.agent.protocol) || own;
  const protocol = options.protocol ?? expected;
  if (protocol === expected) return protocol;
  throw coded(
    new TypeError(`Protocol "${protocol}" not supported. Expected "${expected}"`),
    'ERR_INVALID_PROTOCOL',
  );
}

/** Host and port, as in the header `host`. */
export function authorityOf({ hostname, host, port, defaultPort }: RequestOptions, protocol: string): string {
  const name = String(hostname ?? host ?? 'localhost');
  const shown = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  const usual = protocol === 'https:' ? '443' : '80';
  const wanted = String(port ?? defaultPort ?? usual);
  return wanted === '' || wanted === usual ? shown : `${shown}:${wanted}`;
}

const UNESCAPED = /[^\u0021-\u00ff]/;

/** @throws TypeError for a path with a space or a line feed */
export function pathOf({ path }: RequestOptions): string {
  const text = String(path ?? '/');
  if (UNESCAPED.test(text)) {
    throw coded(new TypeError('Request path contains unescaped characters'), 'ERR_UNESCAPED_CHARACTERS');
  }
  return text === '' ? '/' : text;
}

/** Reads headers in each of their forms: an object, pairs, or one list of names and values in turn. */
export function headerPairs(headers: unknown): readonly (readonly [string, unknown])[] {
  if (typeof headers !== 'object' || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (Array.isArray(headers[0])) return headers as (readonly [string, unknown])[];
  const pairs: (readonly [string, unknown])[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) pairs.push([headers[i] as string, headers[i + 1]]);
  return pairs;
}
