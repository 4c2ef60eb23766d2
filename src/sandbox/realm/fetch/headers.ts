import { defineHidden, makeMembersEnumerable, defineReadOnly } from '../kit/define.js';
import { isObject } from '../kit/conversions.js';
import { byteString, illegalInvocation, needArguments } from './convert.js';
import { checkName, HeaderList, type HeaderPair, normalValue } from './header-list.js';
import { iterable } from './pair-iterator.js';

type Inspect = (value: unknown, options: object) => string;

/** Who owns the list decides whether a script may change it. */
export type Guard = 'none' | 'immutable';

/** Creates the object around a list that belongs to a request or a response. */
export let headersOf: (list: HeaderList, guard: Guard) => Headers;

/** The list of an object. @throws TypeError for one of another class, or too few arguments */
let checked: (headers: Headers, given: number, needed: number, method: string) => HeaderList;
/** @throws TypeError for headers that cannot be changed */
let checkGuard: (headers: Headers) => void;
/** The list behind an object that iterates as Headers do; undefined for any other value. */
let listOf: (value: object) => HeaderList | undefined;

const OWN = Symbol('own');

/** The standard's Headers: https://fetch.spec.whatwg.org/#headers-class. */
export class Headers {
  declare readonly entries: () => IterableIterator<HeaderPair>;
  #list: HeaderList;
  #guard: Guard = 'none';

  constructor(init?: unknown) {
    this.#list = new HeaderList();
    if (init !== undefined && init !== OWN) this.#fill(init);
  }

  static {
    headersOf = (list, guard) => {
      const headers = new Headers(OWN);
      headers.#list = list;
      headers.#guard = guard;
      return headers;
    };
    checked = (headers, given, needed, method) => {
      if (!isObject(headers) || !(#list in headers)) throw illegalInvocation();
      needArguments(given, needed, `Headers.${method}`);
      return headers.#list;
    };
    checkGuard = (headers) => {
      if (headers.#guard === 'immutable') throw new TypeError('immutable');
    };
    listOf = (value) =>
      #list in value && (value as Partial<Iterable<unknown>>)[Symbol.iterator] === Headers.prototype.entries
        ? value.#list
        : undefined;
    iterable(Headers, (object) => {
      if (!isObject(object) || !(#list in object)) throw illegalInvocation();
      return object.#list.sorted();
    });
  }

  append(name: unknown, value: unknown): void {
    const list = checked(this, arguments.length, 2, 'append');
    const text = byteString(name);
    const given = byteString(value);
    const normal = normalValue(given, 'Headers.append');
    checkName(text, 'Headers.append');
    checkGuard(this);
    list.append(text.toLowerCase(), text, normal);
  }

  delete(name: unknown): void {
    const list = checked(this, arguments.length, 1, 'delete');
    const key = keyOf(name, 'Headers.delete');
    checkGuard(this);
    list.delete(key);
  }

  get(name: unknown): string | null {
    return checked(this, arguments.length, 1, 'get').get(keyOf(name, 'Headers.get'));
  }

  has(name: unknown): boolean {
    return checked(this, arguments.length, 1, 'has').has(keyOf(name, 'Headers.has'));
  }

  set(name: unknown, value: unknown): void {
    const list = checked(this, arguments.length, 2, 'set');
    const text = byteString(name);
    const given = byteString(value);
    checkName(text, 'Headers.set');
    const normal = normalValue(given, 'Headers.set');
    checkGuard(this);
    list.set(text.toLowerCase(), text, normal);
  }

  getSetCookie(): string[] {
    return [...checked(this, 0, 0, 'getSetCookie').cookies];
  }

  #fill(init: unknown): void {
    fill(this.#list, init);
  }

  static {
    makeMembersEnumerable(this);
    defineReadOnly(this.prototype, Symbol.toStringTag, 'Headers');
    defineHidden(
      this.prototype,
      Symbol.for('nodejs.util.inspect.custom'),
      function (this: Headers, depth: number, options: { depth?: number }, inspect: Inspect): string {
        options.depth ??= depth;
        return `Headers ${inspect(Object.fromEntries(this.#list.pairs()), options)}`;
      },
    );
  }
}

/** Appends the pairs of a HeadersInit. @throws TypeError */
export function fill(list: HeaderList, init: unknown): void {
  for (const [name, value] of pairsOf(init)) {
    checkName(name, 'Headers.append');
    list.append(name.toLowerCase(), name, normalValue(value, 'Headers.append'));
  }
}

function keyOf(name: unknown, where: string): string {
  const text = byteString(name);
  checkName(text, where);
  return text.toLowerCase();
}

/** The pairs of a HeadersInit: another Headers, a sequence of pairs, or an object. @throws TypeError */
function pairsOf(init: unknown): readonly HeaderPair[] {
  if (!isObject(init))
    throw new TypeError(
      'Headers constructor: Argument 1 could not be converted to one of: sequence<sequence<ByteString>>, record<ByteString, ByteString>.',
    );
  const list = listOf(init);
  if (list !== undefined) return list.pairs();
  const iterate = (init as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (iterate !== undefined && iterate !== null) return sequence(init, iterate);
  const pairs: HeaderPair[] = [];
  for (const key of Reflect.ownKeys(init)) {
    if (Reflect.getOwnPropertyDescriptor(init, key)?.enumerable !== true) continue;
    pairs.push([byteString(key), byteString((init as Record<PropertyKey, unknown>)[key])]);
  }
  return pairs;
}

function sequence(init: object, iterate: unknown): readonly HeaderPair[] {
  if (typeof iterate !== 'function') throw new TypeError('Headers constructor: init is not iterable.');
  return [...(init as Iterable<unknown>)].map((item) => {
    if (!isObject(item) || typeof (item as Partial<Iterable<unknown>>)[Symbol.iterator] !== 'function')
      throw new TypeError('Headers constructor: init[0] is not iterable.');
    const pair = [...(item as Iterable<unknown>)].map(byteString);
    if (pair.length !== 2)
      throw new TypeError(
        `Headers constructor: expected name/value pair to be length 2, found ${pair.length}.`,
      );
    return pair as unknown as HeaderPair;
  });
}
