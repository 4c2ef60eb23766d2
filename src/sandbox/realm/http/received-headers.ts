/** Headers of which Node keeps only the first value. */
const SINGLE: ReadonlySet<string> = new Set([
  'age',
  'authorization',
  'content-length',
  'content-type',
  'etag',
  'expires',
  'from',
  'host',
  'if-modified-since',
  'if-unmodified-since',
  'last-modified',
  'location',
  'max-forwards',
  'proxy-authorization',
  'referer',
  'retry-after',
  'server',
  'user-agent',
]);

export type Headers = Record<string, string | string[]>;

/** Converts a list of names and values in turn to `IncomingMessage.headers`. */
export function joinedHeaders(raw: readonly string[]): Headers {
  const headers: Headers = {};
  eachHeader(raw, (name, value) => {
    const known = headers[name];
    if (name === 'set-cookie') headers[name] = [known ?? [], value].flat();
    else if (known === undefined) headers[name] = value;
    else if (!SINGLE.has(name))
      headers[name] = `${known as string}${name === 'cookie' ? '; ' : ', '}${value}`;
  });
  return headers;
}

/** Converts the list to `IncomingMessage.headersDistinct`. */
export function distinctHeaders(raw: readonly string[]): Record<string, string[]> {
  const headers = Object.create(null) as Record<string, string[]>;
  eachHeader(raw, (name, value) => (headers[name] ??= []).push(value));
  return headers;
}

function eachHeader(raw: readonly string[], take: (name: string, value: string) => void): void {
  for (let i = 0; i + 1 < raw.length; i += 2) take((raw[i] ?? '').toLowerCase(), raw[i + 1] ?? '');
}
