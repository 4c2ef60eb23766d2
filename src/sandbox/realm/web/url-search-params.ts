import { decodeUtf8 } from './utf8.js';
import { wellFormed } from './well-formed.js';
import { coded, invalidArgument } from '../../boundary/coded-errors.js';

type Pair = [name: string, value: string];

/** Encodes for `application/x-www-form-urlencoded`, which escapes more than encodeURIComponent. */
const serialize = (text: string) =>
  encodeURIComponent(wellFormed(text))
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

/** One or more percent-encoded bytes. Any other percent sign is ordinary text. */
const ENCODED = /(?:%[0-9a-f]{2})+/gi;

/** The standard's percent-decoding. An unencoded character is never a part of the UTF-8 bytes beside it. */
const read = (text: string) => text.replaceAll('+', ' ').replaceAll(ENCODED, decoded);

function decoded(encoded: string): string {
  const bytes = new Uint8Array(encoded.length / 3);
  for (let at = 0; at < bytes.length; at++) {
    bytes[at] = Number.parseInt(encoded.slice(3 * at + 1, 3 * at + 3), 16);
  }
  return decodeUtf8(bytes, { fatal: false, stream: false }).text;
}

/** The standard's USVString. */
const textOf = (value: unknown) => wellFormed(String(value));

function parse(query: string): Pair[] {
  return query
    .replace(/^\?/, '')
    .split('&')
    .filter((part) => part !== '')
    .map((part): Pair => {
      const at = part.indexOf('=');
      return at === -1 ? [read(part), ''] : [read(part.slice(0, at)), read(part.slice(at + 1))];
    });
}

function pairsOf(init: unknown): Pair[] {
  if (init === undefined || init === null) return [];
  if (typeof init !== 'object' && typeof init !== 'function') return parse(textOf(init));
  const iterate = (init as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (typeof iterate !== 'function') {
    return Object.entries(init).map(([name, value]) => [textOf(name), textOf(value)]);
  }
  return [...(init as Iterable<unknown>)].map((item) => {
    const pair = [...(item as Iterable<unknown>)];
    if (pair.length !== 2) {
      throw coded(
        new TypeError('Each query pair must be an iterable [name, value] tuple'),
        'ERR_INVALID_TUPLE',
      );
    }
    return [textOf(pair[0]), textOf(pair[1])];
  });
}

/** The method that binds a `URLSearchParams` to its URL. */
export const onChange = Symbol('onChange');

/** The standard's URLSearchParams. */
export class URLSearchParams {
  #pairs: Pair[];
  #changed: ((query: string) => void) | undefined;

  constructor(init?: unknown) {
    this.#pairs = pairsOf(init);
  }

  /** @param changed is called with the new query after each change */
  [onChange](changed: (query: string) => void): this {
    this.#changed = changed;
    return this;
  }

  /** Replaces the pairs, after the URL itself has changed. */
  static replace(params: URLSearchParams, query: string): void {
    params.#pairs = parse(query);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    this.#pairs.push([textOf(name), textOf(value)]);
    this.#notify();
  }

  delete(name: unknown, value?: unknown): void {
    const isGone = ([n, v]: Pair) => n === textOf(name) && (value === undefined || v === textOf(value));
    this.#pairs = this.#pairs.filter((pair) => !isGone(pair));
    this.#notify();
  }

  get(name: unknown): string | null {
    return this.#pairs.find(([n]) => n === textOf(name))?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    return this.#pairs.filter(([n]) => n === textOf(name)).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    return this.#pairs.some(([n, v]) => n === textOf(name) && (value === undefined || v === textOf(value)));
  }

  set(name: unknown, value: unknown): void {
    const first = this.#pairs.findIndex(([n]) => n === textOf(name));
    if (first === -1) this.#pairs.push([textOf(name), textOf(value)]);
    else {
      this.#pairs = this.#pairs
        .map((pair, index): Pair => (index === first ? [pair[0], textOf(value)] : pair))
        .filter(([n], index) => index === first || n !== textOf(name));
    }
    this.#notify();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    this.#notify();
  }

  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void {
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    for (const [name, value] of this.#pairs) Reflect.apply(callback, thisArg, [value, name, this]);
  }

  *entries(): IterableIterator<Pair> {
    for (const [name, value] of this.#pairs) yield [name, value];
  }

  *keys(): IterableIterator<string> {
    for (const [name] of this.#pairs) yield name;
  }

  *values(): IterableIterator<string> {
    for (const [, value] of this.#pairs) yield value;
  }

  [Symbol.iterator](): IterableIterator<Pair> {
    return this.entries();
  }

  toString(): string {
    return this.#pairs.map(([name, value]) => `${serialize(name)}=${serialize(value)}`).join('&');
  }

  get [Symbol.toStringTag](): string {
    return 'URLSearchParams';
  }

  [Symbol.for('nodejs.util.inspect.custom')](
    depth: number,
    options: object,
    inspect: (value: unknown, options: object) => string,
  ): string {
    if (depth < 0) return '[Object]';
    if (this.#pairs.length === 0) return 'URLSearchParams {}';
    const shown = this.#pairs.map(
      ([name, value]) => `${inspect(name, options)} => ${inspect(value, options)}`,
    );
    return `URLSearchParams { ${shown.join(', ')} }`;
  }

  #notify(): void {
    this.#changed?.(this.toString());
  }
}
