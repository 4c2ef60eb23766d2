import type { UrlParts } from '../../boundary/url-parts.js';
import { part } from '../kit/parts.js';
import { type Body, extractBody } from './body.js';
import { isObject } from '../kit/conversions.js';
import { byteString, dictionary, domString, oneOf, scalarText } from './convert.js';
import { HeaderList } from './header-list.js';
import { fill } from './headers.js';
import { parseUrl, unparsable } from './parse-url.js';

/** The part of an AbortSignal that is used here. */
export interface Signal {
  readonly aborted: boolean;
  readonly reason: unknown;
  addEventListener(type: string, listener: () => void, options?: object): void;
  removeEventListener(type: string, listener: () => void): void;
}

/** The standard's inner request: https://fetch.spec.whatwg.org/#concept-request. */
export interface InnerRequest {
  readonly method: string;
  readonly url: UrlParts;
  readonly list: HeaderList;
  readonly body: Body | null;
  readonly mode: string;
  readonly credentials: string;
  readonly cache: string;
  readonly redirect: string;
  readonly referrer: UrlParts | 'client' | 'no-referrer';
  readonly referrerPolicy: string;
  readonly integrity: string;
  readonly keepalive: boolean;
  /** The one that was given. */
  readonly signal: Signal | null;
}

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const FORBIDDEN_METHODS: ReadonlySet<string> = new Set(['CONNECT', 'TRACE', 'TRACK']);
/** Methods of any case that the standard writes in upper case; `patch` stays as it is. */
const NORMAL_METHODS: ReadonlySet<string> = new Set(['DELETE', 'GET', 'HEAD', 'OPTIONS', 'POST', 'PUT']);
const REFERRER_POLICIES = [
  '',
  'no-referrer',
  'no-referrer-when-downgrade',
  'same-origin',
  'origin',
  'strict-origin',
  'origin-when-cross-origin',
  'strict-origin-when-cross-origin',
  'unsafe-url',
];
const MODES = ['navigate', 'same-origin', 'no-cors', 'cors'];
const CREDENTIALS = ['omit', 'same-origin', 'include'];
const CACHES = ['default', 'no-store', 'reload', 'no-cache', 'force-cache', 'only-if-cached'];
const REDIRECTS = ['follow', 'manual', 'error'];
const PRIORITIES = ['high', 'low', 'auto'];
const WHERE = 'Request constructor';

/** The members of a RequestInit that a request starts from. */
const MEMBERS = [
  'method',
  'headers',
  'body',
  'referrer',
  'referrerPolicy',
  'mode',
  'credentials',
  'cache',
  'redirect',
  'integrity',
  'keepalive',
  'signal',
  'window',
  'duplex',
  'priority',
] as const;
type Init = { -readonly [M in (typeof MEMBERS)[number]]?: unknown };

/**
 * The inner request of the arguments of the Request constructor.
 * @param given the inner request of an input that is a Request
 * @throws TypeError for invalid arguments
 */
export function innerRequest(input: unknown, given: InnerRequest | undefined, init: unknown): InnerRequest {
  const start = given ?? ofUrl(scalarText(input));
  const members = dictionary(init);
  if (members === undefined)
    return given === undefined ? start : { ...given, list: given.list.copy(), body: taken(given.body) };
  const wanted: Init = {};
  let isEmpty = true;
  for (const member of MEMBERS) {
    const value = members[member];
    if (value === undefined) continue;
    wanted[member] = value;
    isEmpty = false;
  }
  const checked = withMembers(start, wanted, isEmpty);
  const body = bodyOf(wanted, checked, given?.body ?? null);
  return { ...checked, body };
}

function ofUrl(text: string): InnerRequest {
  const url = parseUrl(text);
  if (url === undefined) throw unparsable(text);
  if (url.username !== '' || url.password !== '')
    throw new TypeError(`Request cannot be constructed from a URL that includes credentials: ${text}`);
  return {
    method: 'GET',
    url,
    list: new HeaderList(),
    body: null,
    mode: 'cors',
    credentials: 'same-origin',
    cache: 'default',
    redirect: 'follow',
    referrer: 'client',
    referrerPolicy: '',
    integrity: '',
    keepalive: false,
    signal: null,
  };
}

/** All members but the body. */
function withMembers(start: InnerRequest, wanted: Init, isEmpty: boolean): InnerRequest {
  const { window, priority } = wanted;
  if (window !== undefined && window !== null) throw new TypeError("'window' option 'client' must be null");
  const method = wanted.method === undefined ? start.method : methodOf(byteString(wanted.method));
  const mode = wanted.mode === undefined ? start.mode : oneOf(wanted.mode, MODES, WHERE);
  if (mode === 'navigate') throw new TypeError(`${WHERE}: invalid request mode navigate.`);
  const cache = wanted.cache === undefined ? start.cache : oneOf(wanted.cache, CACHES, WHERE);
  if (cache === 'only-if-cached' && mode !== 'same-origin')
    throw new TypeError("'only-if-cached' can be set only with 'same-origin' mode");
  if (mode === 'no-cors' && !['GET', 'HEAD', 'POST'].includes(method))
    throw new TypeError(`'${method} is unsupported in no-cors mode.`);
  if (priority !== undefined) oneOf(priority, PRIORITIES, WHERE);
  if (wanted.duplex !== undefined) oneOf(wanted.duplex, ['half'], WHERE);
  let list: HeaderList;
  if (wanted.headers === undefined) list = start.list.copy();
  else fill((list = new HeaderList()), wanted.headers);
  // Any member makes the request another one, of which the referrer is not that of the input.
  const kept = isEmpty ? start : { referrer: 'client' as const, referrerPolicy: '' };
  return {
    method,
    url: start.url,
    list,
    body: null,
    mode,
    cache,
    credentials:
      wanted.credentials === undefined ? start.credentials : oneOf(wanted.credentials, CREDENTIALS, WHERE),
    redirect: wanted.redirect === undefined ? start.redirect : oneOf(wanted.redirect, REDIRECTS, WHERE),
    referrer: wanted.referrer === undefined ? kept.referrer : referrerOf(scalarText(wanted.referrer)),
    referrerPolicy:
      wanted.referrerPolicy === undefined
        ? kept.referrerPolicy
        : oneOf(wanted.referrerPolicy, REFERRER_POLICIES, WHERE),
    integrity: wanted.integrity === undefined ? start.integrity : domString(wanted.integrity),
    keepalive: wanted.keepalive === undefined ? start.keepalive : Boolean(wanted.keepalive),
    signal: wanted.signal === undefined ? start.signal : signalOf(wanted.signal),
  };
}

/** The body of the init, or that of the input; adds its `content-type`. */
function bodyOf(wanted: Init, request: InnerRequest, inputBody: Body | null): Body | null {
  const given = wanted.body ?? null;
  if (given === null && inputBody === null) return null;
  if (request.method === 'GET' || request.method === 'HEAD')
    throw new TypeError('Request with GET/HEAD method cannot have body.');
  if (given === null) return taken(inputBody);
  const { body, type } = extractBody(given, request.keepalive);
  if (type !== undefined) request.list.setDefault('content-type', type);
  if (body.source === null && wanted.duplex === undefined)
    throw new TypeError('RequestInit: duplex option is required when sending a body.');
  if (body.source === null && request.mode === 'no-cors')
    throw new TypeError('If request is made from ReadableStream, mode should be "same-origin" or "cors"');
  return body;
}

/** The body of another request, which has none that can be read then. */
function taken(body: Body | null): Body | null {
  if (body?.isUnusable === true)
    throw new TypeError('Cannot construct a Request with a Request object that has already been used.');
  return body?.moved() ?? null;
}

function methodOf(method: string): string {
  if (!TOKEN.test(method)) throw new TypeError(`'${method}' is not a valid HTTP method.`);
  const upper = method.toUpperCase();
  if (FORBIDDEN_METHODS.has(upper)) throw new TypeError(`'${method}' HTTP method is unsupported.`);
  return NORMAL_METHODS.has(upper) ? upper : method;
}

function referrerOf(text: string): InnerRequest['referrer'] {
  if (text === '') return 'no-referrer';
  const url = parseUrl(text);
  if (url === undefined) throw new TypeError(`Referrer "${text}" is not a valid URL.`);
  return url.protocol === 'about:' && url.pathname === 'client' ? 'client' : url;
}

function signalOf(signal: unknown): Signal | null {
  if (signal === null) return null;
  const { AbortSignal } = part('event-target');
  if (isObject(signal) && signal instanceof AbortSignal) return signal as unknown as Signal;
  throw new TypeError(`${WHERE}: Expected signal ("${String(signal)}") to be an instance of AbortSignal.`);
}
