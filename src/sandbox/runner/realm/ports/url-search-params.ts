import { wellFormed } from './well-formed.js';
import { invalidArgument } from '../modules/errors.js';

type Pair = [name: string, value: string];

/** `application/x-www-form-urlencoded`: what encodeURIComponent leaves and this does not. */
const serialize = (text: string) =>
  encodeURIComponent(wellFormed(text))
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);

const { unescape } = require('querystring') as { unescape: (text: string) => string };

const read = (text: string) => unescape(text.replaceAll('+', ' '));

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
  if (typeof init !== 'object' && typeof init !== 'function') return parse(String(init));
  const iterate = (init as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (typeof iterate !== 'function') {
    return Object.entries(init).map(([name, value]) => [name, String(value)]);
  }
  return [...(init as Iterable<unknown>)].map((item) => {
    const pair = [...(item as Iterable<unknown>)];
    if (pair.length !== 2) {
      throw Object.assign(new TypeError('Each query pair must be an iterable [name, value] tuple'), {
        code: 'ERR_INVALID_TUPLE',
      });
    }
    return [String(pair[0]), String(pair[1])];
  });
}

/** Told when a `URLSearchParams` that belongs to a URL has changed. */
export const onChange = Symbol('onChange');

/** The standard's URLSearchParams. */
export class URLSearchParams {
  #pairs: Pair[];
  #changed: ((query: string) => void) | undefined;

  constructor(init?: unknown) {
    this.#pairs = pairsOf(init);
  }

  /** Binds to a URL. */
  [onChange](changed: (query: string) => void): this {
    this.#changed = changed;
    return this;
  }

  /** Takes over the query of a URL that was changed otherwise. */
  static replace(params: URLSearchParams, query: string): void {
    params.#pairs = parse(query);
  }

  get size(): number {
    return this.#pairs.length;
  }

  append(name: unknown, value: unknown): void {
    this.#pairs.push([String(name), String(value)]);
    this.#tell();
  }

  delete(name: unknown, value?: unknown): void {
    const isGone = ([n, v]: Pair) => n === String(name) && (value === undefined || v === String(value));
    this.#pairs = this.#pairs.filter((pair) => !isGone(pair));
    this.#tell();
  }

  get(name: unknown): string | null {
    return this.#pairs.find(([n]) => n === String(name))?.[1] ?? null;
  }

  getAll(name: unknown): string[] {
    return this.#pairs.filter(([n]) => n === String(name)).map(([, value]) => value);
  }

  has(name: unknown, value?: unknown): boolean {
    return this.#pairs.some(([n, v]) => n === String(name) && (value === undefined || v === String(value)));
  }

  set(name: unknown, value: unknown): void {
    const first = this.#pairs.findIndex(([n]) => n === String(name));
    if (first === -1) this.#pairs.push([String(name), String(value)]);
    else {
      this.#pairs = this.#pairs
        .map((pair, index): Pair => (index === first ? [pair[0], String(value)] : pair))
        .filter(([n], index) => index === first || n !== String(name));
    }
    this.#tell();
  }

  sort(): void {
    this.#pairs.sort(([a], [b]) => (a < b ? -1 : Number(a > b)));
    this.#tell();
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

  #tell(): void {
    this.#changed?.(this.toString());
  }
}
