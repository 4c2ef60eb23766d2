import { defineHidden, defineReadOnly, makeMembersEnumerable } from '../kit/define.js';
import { part } from '../kit/parts.js';
import { addBodyMethods } from './body-methods.js';
import { illegalInvocation, needArguments } from './convert.js';
import type { HeaderList } from './header-list.js';
import { type Headers, headersOf } from './headers.js';
import { type InnerRequest, type Signal, innerRequest } from './inner-request.js';
import type { WebStream } from './web-stream.js';

type Inspect = (value: unknown, options: object) => string;

const OWN = Symbol('own');

/** The inner request of a Request; undefined for any other value. */
let innerOf: (value: unknown) => InnerRequest | undefined;

/** @throws TypeError for an object of another class */
function checked(object: object): InnerRequest {
  const inner = innerOf(object);
  if (inner === undefined) throw illegalInvocation();
  return inner;
}

/** The inner request of the arguments of `fetch` and `Request`. @throws TypeError for invalid ones */
export function requestFrom(input: unknown, init: unknown): InnerRequest {
  return innerRequest(input, innerOf(input), init);
}

/** The standard's Request: https://fetch.spec.whatwg.org/#request-class. */
export class Request {
  #inner: InnerRequest;
  #headers: Headers | undefined;
  #signal: Signal | undefined;

  constructor(input: unknown, init?: unknown) {
    if (input === OWN) {
      this.#inner = init as InnerRequest;
      return;
    }
    needArguments(arguments.length, 1, 'Request constructor');
    this.#inner = requestFrom(input, init);
  }

  static {
    innerOf = (value) =>
      typeof value === 'object' && value !== null && #inner in value ? value.#inner : undefined;
    addBodyMethods(this.prototype, checked);
  }

  get method(): string {
    return checked(this).method;
  }

  get url(): string {
    return checked(this).url.href;
  }

  get headers(): Headers {
    const { list }: { list: HeaderList } = checked(this);
    this.#headers ??= headersOf(list, 'none');
    return this.#headers;
  }

  get destination(): string {
    checked(this);
    return '';
  }

  get referrer(): string {
    const { referrer } = checked(this);
    if (referrer === 'client') return 'about:client';
    return referrer === 'no-referrer' ? '' : referrer.href;
  }

  get referrerPolicy(): string {
    return checked(this).referrerPolicy;
  }

  get mode(): string {
    return checked(this).mode;
  }

  get credentials(): string {
    return checked(this).credentials;
  }

  get cache(): string {
    return checked(this).cache;
  }

  get redirect(): string {
    return checked(this).redirect;
  }

  get integrity(): string {
    return checked(this).integrity;
  }

  get keepalive(): boolean {
    return checked(this).keepalive;
  }

  get isReloadNavigation(): boolean {
    checked(this);
    return false;
  }

  get isHistoryNavigation(): boolean {
    checked(this);
    return false;
  }

  /** A signal of its own, which follows the one that was given. */
  get signal(): Signal {
    const { signal } = checked(this);
    const { AbortSignal } = part('event-target');
    this.#signal ??= AbortSignal.any(signal === null ? [] : [signal]) as Signal;
    return this.#signal;
  }

  get body(): WebStream | null {
    return checked(this).body?.stream ?? null;
  }

  get bodyUsed(): boolean {
    return checked(this).body?.isUsed ?? false;
  }

  get duplex(): string {
    checked(this);
    return 'half';
  }

  clone(): Request {
    const inner = checked(this);
    if (inner.body?.isUnusable === true) throw new TypeError('unusable');
    return new Request(OWN, { ...inner, list: inner.list.copy(), body: inner.body?.clone() ?? null });
  }

  static {
    makeMembersEnumerable(this);
    defineReadOnly(this.prototype, Symbol.toStringTag, 'Request');
    defineHidden(
      this.prototype,
      Symbol.for('nodejs.util.inspect.custom'),
      function (this: Request, _depth: number, options: { depth?: number | null }, inspect: Inspect): string {
        if (options.depth === null) options.depth = 2;
        const { method, url, headers, destination, referrer, referrerPolicy, mode, credentials } = this;
        const { cache, redirect, integrity, keepalive, isReloadNavigation, isHistoryNavigation, signal } =
          this;
        const shown = {
          method,
          url,
          headers,
          destination,
          referrer,
          referrerPolicy,
          mode,
          credentials,
          cache,
          redirect,
          integrity,
          keepalive,
          isReloadNavigation,
          isHistoryNavigation,
          signal,
        };
        return `Request ${inspect(shown, options)}`;
      },
    );
  }
}
