const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
// oxlint-disable-next-line no-control-regex -- the characters that HTTP forbids
const FORBIDDEN = /[\0\r\n]/;
const AROUND = /^[\t\n\r ]+|[\t\n\r ]+$/g;
const EDGE = /^[\t\n\r ]|[\t\n\r ]$/;

export type HeaderPair = readonly [name: string, value: string];

interface Entry {
  /** As it was written first. */
  readonly name: string;
  value: string;
}

/** @throws TypeError for an invalid name */
export function checkName(name: string, where: string): void {
  if (!TOKEN.test(name)) throw new TypeError(`${where}: "${name}" is an invalid header name.`);
}

/** A value without the white space around it. @throws TypeError for an invalid value */
export function normalValue(value: string, where: string): string {
  const normal = EDGE.test(value) ? value.replaceAll(AROUND, '') : value;
  if (FORBIDDEN.test(normal)) throw new TypeError(`${where}: "${normal}" is an invalid header value.`);
  return normal;
}

/** The standard's header list: https://fetch.spec.whatwg.org/#concept-header-list. Keys are lower case. */
export class HeaderList {
  readonly #entries = new Map<string, Entry>();
  #cookies: string[] = [];
  #sorted: readonly HeaderPair[] | undefined;

  /** From name, value, name, value, as they were received. */
  static received(raw: readonly string[]): HeaderList {
    const list = new HeaderList();
    for (let i = 0; i + 1 < raw.length; i += 2) {
      const key = (raw[i] as string).toLowerCase();
      list.append(key, key, raw[i + 1] as string);
    }
    return list;
  }

  copy(): HeaderList {
    const list = new HeaderList();
    for (const [key, { name, value }] of this.#entries) list.#entries.set(key, { name, value });
    list.#cookies = [...this.#cookies];
    return list;
  }

  has(key: string): boolean {
    return this.#entries.has(key);
  }

  get(key: string): string | null {
    return this.#entries.get(key)?.value ?? null;
  }

  append(key: string, name: string, value: string): void {
    const known = this.#entries.get(key);
    if (known === undefined) this.#entries.set(key, { name, value });
    else known.value += `${key === 'cookie' ? '; ' : ', '}${value}`;
    if (key === 'set-cookie') this.#cookies.push(value);
    this.#sorted = undefined;
  }

  set(key: string, name: string, value: string): void {
    this.#entries.set(key, { name, value });
    if (key === 'set-cookie') this.#cookies = [value];
    this.#sorted = undefined;
  }

  /** Appends a header, named in lower case, that is not in the list. */
  setDefault(key: string, value: string): void {
    if (!this.#entries.has(key)) this.append(key, key, value);
  }

  delete(key: string): void {
    this.#entries.delete(key);
    if (key === 'set-cookie') this.#cookies = [];
    this.#sorted = undefined;
  }

  clear(): void {
    this.#entries.clear();
    this.#cookies = [];
    this.#sorted = undefined;
  }

  get cookies(): readonly string[] {
    return this.#cookies;
  }

  /** Names as they were written, values combined: as a request sends them. */
  flat(): string[] {
    const flat: string[] = [];
    for (const { name, value } of this.#entries.values()) flat.push(name, value);
    return flat;
  }

  /** Names as they were written, in the order of the list; cookies are not combined. */
  pairs(): HeaderPair[] {
    const pairs: HeaderPair[] = [];
    for (const [key, { name, value }] of this.#entries) {
      if (key === 'set-cookie') for (const cookie of this.#cookies) pairs.push([name, cookie]);
      else pairs.push([name, value]);
    }
    return pairs;
  }

  /** The standard's "sort and combine". */
  sorted(): readonly HeaderPair[] {
    if (this.#sorted !== undefined) return this.#sorted;
    const sorted: HeaderPair[] = [];
    for (const key of [...this.#entries.keys()].toSorted()) {
      if (key === 'set-cookie') for (const cookie of this.#cookies) sorted.push([key, cookie]);
      else sorted.push([key, this.get(key) ?? '']);
    }
    this.#sorted = sorted;
    return sorted;
  }
}
