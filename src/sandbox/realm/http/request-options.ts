/** As a script gives them, so of any type. */
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
interface UrlModule {
  URL: new (url: string) => object;
  urlToHttpOptions(url: object): RequestOptions;
}

const url = () => require('url') as UrlModule;

/** What `http.request(url, options, callback)` was given, in each of its forms. */
export function readArguments(args: readonly unknown[]): {
  readonly options: RequestOptions;
  readonly callback: unknown;
} {
  const [first, ...rest] = args;
  let options: RequestOptions = {};
  if (typeof first === 'string') options = url().urlToHttpOptions(new (url().URL)(first));
  else if (first instanceof url().URL) options = url().urlToHttpOptions(first);
  else if (typeof first === 'object' && first !== null) options = first;
  const [second] = rest;
  if (typeof second === 'object' && second !== null)
    return { options: { ...options, ...second }, callback: rest[1] };
  return { options, callback: second };
}

/** The protocol that is spoken. */
export function protocolOf(options: RequestOptions, own: string): string {
  const expected = (typeof options.agent === 'object' && options.agent.protocol) || own;
  const protocol = options.protocol ?? expected;
  if (protocol === expected) return protocol;
  throw Object.assign(new TypeError(`Protocol "${protocol}" not supported. Expected "${expected}"`), {
    code: 'ERR_INVALID_PROTOCOL',
  });
}

/** Host and port, as the header `host` has them. */
export function authorityOf({ hostname, host, port, defaultPort }: RequestOptions, protocol: string): string {
  const name = String(hostname ?? host ?? 'localhost');
  const shown = name.includes(':') && !name.startsWith('[') ? `[${name}]` : name;
  const usual = protocol === 'https:' ? '443' : '80';
  const wanted = String(port ?? defaultPort ?? usual);
  return wanted === '' || wanted === usual ? shown : `${shown}:${wanted}`;
}

const UNESCAPED = /[^\u0021-\u00ff]/;

/** @throws TypeError for one with a space or a line feed in it */
export function pathOf({ path }: RequestOptions): string {
  const text = String(path ?? '/');
  if (UNESCAPED.test(text)) {
    throw Object.assign(new TypeError('Request path contains unescaped characters'), {
      code: 'ERR_UNESCAPED_CHARACTERS',
    });
  }
  return text === '' ? '/' : text;
}

/** In each of its forms: an object, pairs, or one list of names and values in turn. */
export function headerPairs(headers: unknown): readonly (readonly [string, unknown])[] {
  if (typeof headers !== 'object' || headers === null) return [];
  if (!Array.isArray(headers)) return Object.entries(headers);
  if (Array.isArray(headers[0])) return headers as (readonly [string, unknown])[];
  const pairs: (readonly [string, unknown])[] = [];
  for (let i = 0; i + 1 < headers.length; i += 2) pairs.push([headers[i] as string, headers[i + 1]]);
  return pairs;
}
