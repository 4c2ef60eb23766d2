import { egressFailed, withEgressReason } from '../../boundary/coded-errors.js';
import type { EgressStream } from '../../boundary/egress/egress-client.js';
import type { EgressHead } from '../../boundary/egress/egress-types.js';
import type { UrlParts } from '../../boundary/url-parts.js';
import { part } from '../kit/parts.js';
import { Body } from './body.js';
import { BAD_PORTS } from './bad-ports.js';
import { Content } from './content.js';
import { HeaderList } from './header-list.js';
import type { InnerRequest } from './inner-request.js';
import { isHttp, isSameOrigin, withoutFragment } from './parse-url.js';
import { ReceivedBody, terminated } from './received-body.js';
import { locationOf } from './location.js';
import { sentHeaders } from './sent-headers.js';
import { NULL_BODY_STATUSES, REDIRECT_STATUSES } from './statuses.js';
import { type InnerResponse, type Response, responseOf } from './response.js';
import { Upload } from './upload.js';

const MAX_REDIRECTS = 20;
const MAX_CODINGS = 5;
/** Bytes of an unwanted body that are read, so that the connection of the gateway can be used again. */
const MAX_DROPPED = 65_536;
/** Headers that describe a body: https://fetch.spec.whatwg.org/#request-body-header-name. */
const BODY_HEADERS = [
  'content-encoding',
  'content-language',
  'content-location',
  'content-type',
  'content-length',
];
const SECRET_HEADERS = ['authorization', 'proxy-authorization', 'cookie', 'host'];

/** One call of `fetch`, with its redirects: https://fetch.spec.whatwg.org/#fetching. */
export class Fetching {
  readonly #urls: UrlParts[];
  readonly #list: HeaderList;
  #method: string;
  #body: Body | null;
  #tainting: 'basic' | 'cors' | 'opaque' = 'basic';
  #isRetried = false;
  #isSettled = false;
  #exchange: EgressStream | undefined;
  #upload: Upload | undefined;
  #received: ReceivedBody | undefined;

  constructor(
    private readonly request: InnerRequest,
    private readonly resolve: (response: Response) => void,
    private readonly reject: (reason: unknown) => void,
  ) {
    this.#urls = [request.url];
    this.#list = request.list;
    this.#method = request.method;
    this.#body = request.body;
  }

  start(): void {
    const { signal } = this.request;
    if (signal !== null) {
      if (signal.aborted) return this.#abort(signal.reason);
      signal.addEventListener('abort', this.#onAbort, { once: true });
    }
    this.#list.setDefault('accept', '*/*');
    this.#list.setDefault('accept-language', '*');
    this.#main();
  }

  readonly #onAbort = (): void => this.#abort(this.request.signal?.reason);

  #abort(reason: unknown): void {
    if (this.#upload !== undefined) this.#upload.cancel(reason);
    else this.#body?.cancel(reason);
    this.#exchange?.abort();
    this.#exchange = undefined;
    if (this.#isSettled) this.#received?.fail(reason);
    else this.#settle(() => this.reject(reason));
  }

  #settle(how: () => void): void {
    if (this.#isSettled) return;
    this.#isSettled = true;
    how();
  }

  /** Neither a response nor its body can come any more. */
  #over(): void {
    this.request.signal?.removeEventListener('abort', this.#onAbort);
  }

  #fail(cause: unknown): void {
    this.#over();
    this.#settle(() => this.reject(withEgressReason(new TypeError('fetch failed', { cause }))));
  }

  get #url(): UrlParts {
    return this.#urls[this.#urls.length - 1] as UrlParts;
  }

  /** The standard's "main fetch". */
  #main(): void {
    const { mode, redirect, url } = this.request;
    const current = this.#url;
    if (isHttp(current) && BAD_PORTS.has(current.port)) return this.#fail(new Error('bad port'));
    if (!isSameOrigin(current, url) || this.#tainting !== 'basic') {
      if (mode === 'same-origin') return this.#fail(new Error('request mode cannot be "same-origin"'));
      this.#tainting = mode === 'no-cors' ? 'opaque' : 'cors';
      if (mode === 'no-cors' && redirect !== 'follow')
        return this.#fail(new Error('redirect mode cannot be "follow" for "no-cors" request'));
    }
    if (isHttp(current)) return this.#send();
    if (current.protocol === 'data:') return this.#decodeDataUrl(current);
    this.#fail(new Error(SCHEME_ERRORS[current.protocol] ?? 'unknown scheme'));
  }

  #decodeDataUrl(url: UrlParts): void {
    const decoded = part('fetch-extras').decodeDataUrl(withoutFragment(url));
    if (decoded === undefined) return this.#fail(new Error('failed to fetch the data URL'));
    const list = HeaderList.received(['content-type', decoded.type]);
    const body = this.#method === 'HEAD' ? null : Body.ofContent(Content.ofLatin1(decoded.latin1));
    this.#over();
    this.#finish({ status: 200, statusText: 'OK', list, body });
  }

  /** The standard's "HTTP-network-or-cache fetch". */
  #send(): void {
    const { client, refusal } = part('egress');
    const current = this.#url;
    const url = targetOf(current);
    const refused = refusal(url);
    if (refused !== undefined) return this.#fail(refused);
    const body = this.#body;
    const headers = sentHeaders(this.request, this.#list.copy(), this.#method, body, current).flat();
    let isDropped = false;
    let dropped = 0;
    let received: ReceivedBody | undefined;
    let upload: Upload | undefined;
    const failed = (error: unknown): void => {
      upload?.cancel(error);
      this.#break(error, exchange, received);
    };
    const exchange: EgressStream = client.request(
      { method: this.#method, url, headers, hasBody: body !== null },
      {
        head: (head) => {
          received = this.#respond(head, exchange);
          this.#received = received;
          isDropped = received === undefined;
        },
        data(text) {
          if (received !== undefined) return received.received(text);
          dropped += text.length;
          exchange.consumed(text.length);
          if (isDropped && dropped > MAX_DROPPED) exchange.abort();
        },
        ended: () => {
          const isLast = this.#exchange === exchange;
          if (isLast) this.#exchange = undefined;
          if (received !== undefined) received.ended();
          else if (isLast && this.#isSettled) this.#over();
        },
        failed: (fault) => failed(egressFailed(fault)),
        drained: () => upload?.drained(),
      },
    );
    this.#exchange = exchange;
    if (body === null) return;
    upload = new Upload(body, exchange, (error) => {
      exchange.abort();
      failed(error);
    });
    this.#upload = upload;
    upload.start();
  }

  /** The exchange has failed, before its response or in its body. */
  #break(error: unknown, exchange: EgressStream, received: ReceivedBody | undefined): void {
    if (this.#exchange === exchange) this.#exchange = undefined;
    if (received !== undefined) received.fail(terminated(error));
    else if (!this.#isSettled) this.#fail(error);
  }

  /** Takes a response. @returns its body, or undefined if nobody is to read it */
  #respond(head: EgressHead, exchange: EgressStream): ReceivedBody | undefined {
    const { status, statusText } = head;
    const { redirect, integrity } = this.request;
    const list = HeaderList.received(head.headers);
    if (status === 407) return this.#refuse(new Error('proxy authentication required'), exchange);
    const body = this.#body;
    if (status === 421 && !this.#isRetried && (body === null || body.source !== null)) {
      this.#isRetried = true;
      this.#body = body?.again() ?? null;
      this.#send();
      return undefined;
    }
    if (REDIRECT_STATUSES.has(status) && redirect !== 'manual') {
      if (redirect === 'error') return this.#refuse(new Error('unexpected redirect'), exchange);
      if (list.has('location')) {
        this.#follow(status, list);
        return undefined;
      }
    }
    const hasNoBody = this.#method === 'HEAD' || NULL_BODY_STATUSES.has(status);
    if (hasNoBody || this.#tainting === 'opaque') {
      this.#finish({ status, statusText, list, body: null });
      return undefined;
    }
    const codings = list.get('content-encoding');
    if (codings !== null && codings.split(',').length > MAX_CODINGS)
      return this.#refuse(new Error('too many content-encodings in response'), exchange);
    const received = new ReceivedBody(
      exchange,
      codings === null ? undefined : () => part('fetch-extras').decoder(codings),
      () => this.#over(),
    );
    if (integrity === '') this.#finish({ status, statusText, list, body: Body.ofReceived(received) });
    else this.#check(received, { status, statusText, list });
    return received;
  }

  #refuse(error: Error, exchange: EgressStream): undefined {
    exchange.abort();
    this.#fail(error);
    return undefined;
  }

  /** Checks the body against the integrity metadata of the request. */
  #check(received: ReceivedBody, head: Pick<InnerResponse, 'status' | 'statusText' | 'list'>): void {
    received.readAll(
      (content) => {
        if (part('fetch-extras').matches(content, this.request.integrity))
          this.#finish({ ...head, body: Body.ofContent(content) });
        else this.#fail(new Error('integrity mismatch'));
      },
      (error) => this.#fail(error),
    );
  }

  /** The standard's "HTTP-redirect fetch". */
  #follow(status: number, list: HeaderList): void {
    const current = this.#url;
    const location = locationOf(list.get('location') ?? '', current);
    if (location === undefined) return this.#fail(new TypeError('Invalid URL'));
    if (!isHttp(location)) return this.#fail(new Error('URL scheme must be a HTTP(S) scheme'));
    if (this.#urls.length > MAX_REDIRECTS) return this.#fail(new Error('redirect count exceeded'));
    const hasCredentials = location.username !== '' || location.password !== '';
    if (hasCredentials && (this.#tainting === 'cors' || !isSameOrigin(current, location)))
      return this.#fail(new Error('cross origin not allowed for request mode "cors"'));
    if (status !== 303 && this.#body !== null && this.#body.source === null)
      return this.#fail(new Error('a body that is a stream cannot be sent again'));
    const isGet = this.#method === 'GET' || this.#method === 'HEAD';
    if ((status === 303 && !isGet) || (status <= 302 && this.#method === 'POST')) {
      this.#method = 'GET';
      this.#body = null;
      for (const name of BODY_HEADERS) this.#list.delete(name);
    }
    if (!isSameOrigin(current, location)) for (const name of SECRET_HEADERS) this.#list.delete(name);
    this.#body = this.#body?.again() ?? null;
    this.#upload = undefined;
    this.#urls.push(location);
    this.#main();
  }

  #finish(head: Pick<InnerResponse, 'status' | 'statusText' | 'list' | 'body'>): void {
    const isRedirected = this.#urls.length > 1;
    const inner: InnerResponse =
      this.#tainting === 'opaque'
        ? {
            type: 'opaque',
            status: 0,
            statusText: '',
            list: new HeaderList(),
            body: null,
            url: '',
            isRedirected: false,
          }
        : { ...head, type: this.#tainting, url: withoutFragment(this.#url), isRedirected };
    this.#settle(() => this.resolve(responseOf(inner, 'immutable')));
  }
}

const SCHEME_ERRORS: Readonly<Record<string, string>> = {
  __proto__: null as never,
  'about:': 'about scheme is not supported',
  'blob:': 'invalid method',
  'file:': 'not implemented... yet...',
};

/** What is asked of the gateway: no credentials and no fragment. */
function targetOf(url: UrlParts): string {
  const { origin, pathname, search } = url;
  const hasEmptyQuery = search === '' && withoutFragment(url).endsWith('?');
  return `${origin}${pathname}${search}${hasEmptyQuery ? '?' : ''}`;
}
