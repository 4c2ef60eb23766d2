import { coded } from '../../boundary/coded-errors.js';
import { URL_COMPONENTS, type UrlParts } from '../../boundary/url-parts.js';
import { defineAccessor, makeEnumerable } from '../kit/define.js';
import { onChange, URLSearchParams } from './url-search-params.js';

function parse(input: unknown, base: unknown): UrlParts | undefined {
  const text = String(input);
  // An empty base does not parse; to the host, '' means that there is none.
  const parts =
    base === undefined
      ? environment.ask('url', text)
      : String(base) && environment.ask('url', text, String(base));
  return parts === '' ? undefined : (JSON.parse(parts) as UrlParts);
}

function invalidUrl(input: unknown, base: unknown): TypeError {
  const error = Object.assign(coded(new TypeError('Invalid URL'), 'ERR_INVALID_URL'), {
    input: String(input),
  });
  return base === undefined ? error : Object.assign(error, { base: String(base) });
}

/** The standard's URL; the host parses the texts. */
export class URL {
  #parts: UrlParts;
  #params: URLSearchParams | undefined;

  constructor(input: unknown, base?: unknown) {
    const parts = parse(input, base);
    if (parts === undefined) throw invalidUrl(input, base);
    this.#parts = parts;
  }

  static canParse(input: unknown, base?: unknown): boolean {
    return parse(input, base) !== undefined;
  }

  static parse(input: unknown, base?: unknown): URL | null {
    return URL.canParse(input, base) ? new URL(input, base) : null;
  }

  get origin(): string {
    return this.#parts.origin;
  }

  get searchParams(): URLSearchParams {
    this.#params ??= new URLSearchParams(this.#parts.search)[onChange]((query) => {
      this.#change('search', query);
    });
    return this.#params;
  }

  get href(): string {
    return this.#parts.href;
  }

  set href(value: unknown) {
    if (!this.#set('href', value)) throw invalidUrl(value, undefined);
  }

  toString(): string {
    return this.#parts.href;
  }

  toJSON(): string {
    return this.#parts.href;
  }

  get [Symbol.toStringTag](): string {
    return 'URL';
  }

  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    const { href, origin, protocol, username, password, host, hostname, port, pathname, search, hash } =
      this.#parts;
    if (depth < 0) return '[URL]';
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
    return `URL ${inspect(shown, options)}`;
  }

  static {
    for (const part of URL_COMPONENTS) {
      defineAccessor(
        this.prototype,
        part,
        {
          get(this: URL) {
            return this.#parts[part];
          },
          set(this: URL, value: unknown) {
            this.#set(part, value);
          },
        },
        true,
      );
    }
    makeEnumerable(this.prototype, ['href', 'origin', 'searchParams', 'toString', 'toJSON']);
  }

  /** @returns whether the value was valid */
  #set(part: string, value: unknown): boolean {
    const isValid = this.#change(part, String(value));
    if (isValid && this.#params !== undefined) URLSearchParams.replace(this.#params, this.#parts.search);
    return isValid;
  }

  #change(part: string, value: string): boolean {
    const changed = environment.ask('changeUrl', this.#parts.href, part, value);
    if (changed !== '') this.#parts = JSON.parse(changed) as UrlParts;
    return changed !== '';
  }
}
