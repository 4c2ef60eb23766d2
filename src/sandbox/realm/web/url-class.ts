import type { URL_COMPONENTS, UrlParts } from '../../boundary/url-parts.js';
import { defineReadOnly, makeEnumerable } from '../kit/define.js';
import { missingArguments } from '../kit/errors.js';
import { invalidUrl, partsOf, serialized } from './url-components.js';
import { URLSearchParams, onChange, replaceQuery } from './url-search-params.js';
import { toText } from '../kit/conversions.js';

type Component = (typeof URL_COMPONENTS)[number];

function parse(input: unknown, base: unknown): string | undefined {
  return serialized(toText(input), base === undefined ? undefined : toText(base));
}

/** The standard's URL; the host parses the texts. */
export class URL {
  #href: string;
  /** Found when one is read. */
  #parts: UrlParts | undefined;
  #params: URLSearchParams | undefined;
  /** Whether the script has changed the parameters since the URL was serialized. */
  #isStale = false;

  constructor(input: unknown, base?: unknown) {
    if (arguments.length === 0) throw missingArguments('url');
    const href = parse(input, base);
    if (href === undefined) throw invalidUrl(toText(input), base === undefined ? undefined : toText(base));
    this.#href = href;
  }

  static parse(input: unknown, base?: unknown): URL | null {
    if (arguments.length === 0) throw missingArguments('url');
    const href = parse(input, base);
    return href === undefined ? null : new URL(href);
  }

  static canParse(input: unknown, base?: unknown): boolean {
    if (arguments.length === 0) throw missingArguments('url');
    return parse(input, base) !== undefined;
  }

  toString(): string {
    return this.#whole();
  }

  get href(): string {
    return this.#whole();
  }

  set href(value: unknown) {
    const text = toText(value);
    const href = parse(text, undefined);
    if (href === undefined) throw invalidUrl(text);
    this.#isStale = false;
    this.#become(href);
    if (this.#params !== undefined) replaceQuery(this.#params, this.search);
  }

  get origin(): string {
    return this.#found().origin;
  }

  get protocol(): string {
    return this.#found().protocol;
  }

  set protocol(value: unknown) {
    this.#change('protocol', value);
  }

  get username(): string {
    return this.#found().username;
  }

  set username(value: unknown) {
    this.#change('username', value);
  }

  get password(): string {
    return this.#found().password;
  }

  set password(value: unknown) {
    this.#change('password', value);
  }

  get host(): string {
    return this.#found().host;
  }

  set host(value: unknown) {
    this.#change('host', value);
  }

  get hostname(): string {
    return this.#found().hostname;
  }

  set hostname(value: unknown) {
    this.#change('hostname', value);
  }

  get port(): string {
    return this.#found().port;
  }

  set port(value: unknown) {
    this.#change('port', value);
  }

  get pathname(): string {
    return this.#found().pathname;
  }

  set pathname(value: unknown) {
    this.#change('pathname', value);
  }

  get search(): string {
    return this.#found().search;
  }

  set search(value: unknown) {
    this.#change('search', value);
    if (this.#params !== undefined) replaceQuery(this.#params, this.search);
  }

  get searchParams(): URLSearchParams {
    if (this.#params === undefined) {
      const params = new URLSearchParams(this.search);
      onChange(params, () => {
        this.#isStale = true;
      });
      this.#params = params;
    }
    return this.#params;
  }

  get hash(): string {
    return this.#found().hash;
  }

  set hash(value: unknown) {
    this.#change('hash', value);
  }

  toJSON(): string {
    return this.#whole();
  }

  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): unknown {
    if (typeof depth === 'number' && depth < 0) return this;
    const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } = this;
    const { searchParams } = this;
    const shown = {
      href,
      origin,
      protocol,
      username,
      password,
      host,
      hostname,
      port,
      pathname,
      search,
      searchParams,
      hash,
    };
    return `${this.constructor.name} ${inspect(shown, options)}`;
  }

  /** The serialized URL, with the parameters as they are now: they are serialized when somebody looks, not at each change. */
  #whole(): string {
    if (this.#isStale) {
      this.#isStale = false;
      this.#change('search', this.#params?.toString());
    }
    return this.#href;
  }

  #found(): UrlParts {
    const href = this.#whole();
    return (this.#parts ??= partsOf(href));
  }

  #change(component: Component, value: unknown): void {
    const text = toText(value);
    const changed = environment.ask('changeUrl', this.#whole(), component, text);
    if (changed !== '') this.#become(changed);
  }

  #become(href: string): void {
    this.#href = href;
    this.#parts = undefined;
  }
}

const { prototype } = URL;
defineReadOnly(prototype, Symbol.toStringTag, 'URL');
makeEnumerable(prototype, [
  'toString',
  'href',
  'origin',
  'protocol',
  'username',
  'password',
  'host',
  'hostname',
  'port',
  'pathname',
  'search',
  'searchParams',
  'hash',
  'toJSON',
]);
makeEnumerable(URL, ['parse', 'canParse']);
