import { defineHidden, defineReadOnly, makeEnumerable, makeMembersEnumerable } from '../kit/define.js';
import { Body, extractBody, type Extracted } from './body.js';
import { addBodyMethods } from './body-methods.js';
import { Content } from './content.js';
import { isObject } from '../kit/conversions.js';
import { byteString, dictionary, illegalInvocation, needArguments, scalarText } from './convert.js';
import { HeaderList } from './header-list.js';
import { fill, type Guard, type Headers, headersOf } from './headers.js';
import { parseUrl, unparsable } from './parse-url.js';
import { NULL_BODY_STATUSES, REDIRECT_STATUSES } from './statuses.js';
import type { WebStream } from './web-stream.js';

type Inspect = (value: unknown, options: object) => string;

/** The standard's inner response: https://fetch.spec.whatwg.org/#concept-response. */
export interface InnerResponse {
  readonly type: string;
  readonly status: number;
  readonly statusText: string;
  readonly list: HeaderList;
  body: Body | null;
  /** Without its fragment. */
  readonly url: string;
  readonly isRedirected: boolean;
}

/** Creates the object for a response from the network. */
export let responseOf: (inner: InnerResponse, guard: Guard) => Response;

/** @throws TypeError for an object of another class */
let innerOf: (object: object) => InnerResponse;

const OWN = Symbol('own');
const REASON = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;

/** The standard's Response: https://fetch.spec.whatwg.org/#response-class. */
export class Response {
  #inner: InnerResponse;
  #guard: Guard = 'none';
  #headers: Headers | undefined;

  constructor(body: unknown = null, init?: unknown) {
    if (body === OWN) {
      this.#inner = init as InnerResponse;
      return;
    }
    const extracted = body === null || body === undefined ? undefined : extractBody(body);
    this.#inner = initialized(init, extracted);
  }

  static error(): Response {
    return responseOf({ ...plain(), type: 'error', status: 0 }, 'immutable');
  }

  static json(data: unknown, init?: unknown): Response {
    needArguments(arguments.length, 1, 'Response.json');
    const text = JSON.stringify(data) as string | undefined;
    if (text === undefined) throw new TypeError('Value is not JSON serializable');
    const body = Body.ofContent(Content.ofText(scalarText(text)));
    return responseOf(initialized(init, { body, type: 'application/json' }), 'none');
  }

  static redirect(url: unknown, status: unknown = 302): Response {
    needArguments(arguments.length, 1, 'Response.redirect');
    const text = scalarText(url);
    const code = unsignedShort(status);
    const parts = parseUrl(text);
    if (parts === undefined) throw unparsable(text);
    if (!REDIRECT_STATUSES.has(code)) throw new RangeError(`Invalid status code ${code}`);
    const inner = { ...plain(), status: code };
    inner.list.append('location', 'location', parts.href);
    return responseOf(inner, 'immutable');
  }

  static {
    responseOf = (inner, guard) => {
      const response = new Response(OWN, inner);
      response.#guard = guard;
      return response;
    };
    innerOf = (object) => {
      if (!isObject(object) || !(#inner in object)) throw illegalInvocation();
      return object.#inner;
    };
    addBodyMethods(this.prototype, innerOf);
  }

  get type(): string {
    return innerOf(this).type;
  }

  get url(): string {
    return innerOf(this).url;
  }

  get redirected(): boolean {
    return innerOf(this).isRedirected;
  }

  get status(): number {
    return innerOf(this).status;
  }

  get ok(): boolean {
    const { status } = innerOf(this);
    return status >= 200 && status <= 299;
  }

  get statusText(): string {
    return innerOf(this).statusText;
  }

  get headers(): Headers {
    const { list } = innerOf(this);
    this.#headers ??= headersOf(list, this.#guard);
    return this.#headers;
  }

  get body(): WebStream | null {
    return innerOf(this).body?.stream ?? null;
  }

  get bodyUsed(): boolean {
    return innerOf(this).body?.isUsed ?? false;
  }

  clone(): Response {
    const inner = innerOf(this);
    if (inner.body?.isUnusable === true)
      throw new TypeError('Response.clone: Body has already been consumed.');
    return responseOf({ ...inner, list: inner.list.copy(), body: inner.body?.clone() ?? null }, this.#guard);
  }

  static {
    makeMembersEnumerable(this);
    makeEnumerable(this, ['error', 'json', 'redirect']);
    defineReadOnly(this.prototype, Symbol.toStringTag, 'Response');
    defineHidden(
      this.prototype,
      Symbol.for('nodejs.util.inspect.custom'),
      function (
        this: Response,
        _depth: number,
        options: { depth?: number | null },
        inspect: Inspect,
      ): string {
        if (options.depth === null) options.depth = 2;
        const { status, statusText, headers, body, bodyUsed, ok, redirected, type, url } = this;
        return `Response ${inspect({ status, statusText, headers, body, bodyUsed, ok, redirected, type, url }, options)}`;
      },
    );
  }
}

function plain(): InnerResponse {
  return {
    type: 'default',
    status: 200,
    statusText: '',
    list: new HeaderList(),
    body: null,
    url: '',
    isRedirected: false,
  };
}

/** @throws TypeError or RangeError for an invalid init */
function initialized(init: unknown, extracted: Extracted | undefined): InnerResponse {
  const given = dictionary(init);
  const headers = given?.['headers'];
  const status = given?.['status'] === undefined ? 200 : unsignedShort(given['status']);
  const statusText = given?.['statusText'] === undefined ? '' : byteString(given['statusText']);
  if (status < 200 || status > 599)
    throw new RangeError('init["status"] must be in the range of 200 to 599, inclusive.');
  if (!REASON.test(statusText)) throw new TypeError('Invalid statusText');
  const list = new HeaderList();
  if (headers !== undefined) fill(list, headers);
  if (extracted !== undefined) {
    if (NULL_BODY_STATUSES.has(status))
      throw new TypeError(`Response constructor: Invalid response status code ${status}`);
    if (extracted.type !== undefined) list.setDefault('content-type', extracted.type);
  }
  return { ...plain(), status, statusText, list, body: extracted?.body ?? null };
}

/** Web IDL's conversion to an unsigned short, without its overflow for values that no status has. */
function unsignedShort(value: unknown): number {
  const number = Math.trunc(Number(value));
  return Number.isFinite(number) ? ((number % 65_536) + 65_536) % 65_536 : 0;
}
