import { coded, invalidArgument } from '../../boundary/coded-errors.js';
import { defineHidden, defineReadOnly, makeEnumerable } from '../kit/define.js';
import { invalidThis, missingArguments } from '../kit/errors.js';
import { type List, fieldsOf, invalidTuple, isIterable, parse, serialize, textOf } from './query-list.js';

const IteratorPrototype = Object.getPrototypeOf(Object.getPrototypeOf([][Symbol.iterator]())) as object;

function listOf(init: unknown): List {
  if (init === undefined || init === null) return [];
  if (init instanceof URLSearchParams && isUntouched(init)) return [...listIn(init)];
  if (typeof init !== 'object' && typeof init !== 'function') return parse(textOf(init));
  const iterate = (init as Partial<Iterable<unknown>>)[Symbol.iterator];
  if (iterate === undefined || iterate === null) return fieldsOf(init);
  if (typeof iterate !== 'function')
    throw coded(new TypeError('Query pairs must be iterable'), 'ERR_ARG_NOT_ITERABLE');
  const list: List = [];
  for (const item of init as Iterable<unknown>) {
    if (!isIterable(item)) throw invalidTuple();
    const pair = [...item];
    if (pair.length !== 2) throw invalidTuple();
    list.push(textOf(pair[0]), textOf(pair[1]));
  }
  return list;
}

/** What a URL and an iterator may do with an object: the functions are made where its private fields are in scope. */
let listIn: (params: URLSearchParams) => List;
let isOne: (value: unknown) => boolean;
/** Calls back after each change that the script makes. */
export let onChange: (params: URLSearchParams, changed: () => void) => void;
/** Replaces the list, after the URL itself has changed. */
export let replaceQuery: (params: URLSearchParams, query: string) => void;

function check(value: unknown): void {
  if (!isOne(value)) throw invalidThis('URLSearchParams');
}

type Inspect = (value: unknown, options: object) => string;
const INSPECT = Symbol.for('nodejs.util.inspect.custom');

/** The standard's URLSearchParams. */
export class URLSearchParams {
  declare readonly [Symbol.iterator]: URLSearchParams['entries'];
  #list: List;
  #changed: (() => void) | undefined;

  constructor(init?: unknown) {
    this.#list = listOf(init);
  }

  static {
    listIn = (params) => params.#list;
    isOne = (value) => typeof value === 'object' && value !== null && #list in value;
    onChange = (params, changed) => {
      params.#changed = changed;
    };
    replaceQuery = (params, query) => {
      params.#list = parse(query);
    };
  }

  get size(): number {
    check(this);
    return this.#list.length / 2;
  }

  append(name: unknown, value: unknown): void {
    check(this);
    if (arguments.length < 2) throw missingArguments('name', 'value');
    this.#list.push(textOf(name), textOf(value));
    this.#changed?.();
  }

  delete(name: unknown, value?: unknown): void {
    check(this);
    if (arguments.length < 1) throw missingArguments('name');
    const matches = matching(name, value);
    this.#keep((otherName, otherValue) => !matches(otherName, otherValue, 0));
    this.#changed?.();
  }

  get(name: unknown): string | null {
    check(this);
    if (arguments.length < 1) throw missingArguments('name');
    const at = this.#find(matching(name, undefined));
    return at === -1 ? null : (this.#list[at + 1] as string);
  }

  getAll(name: unknown): string[] {
    check(this);
    if (arguments.length < 1) throw missingArguments('name');
    const wanted = textOf(name);
    const list = this.#list;
    const values: string[] = [];
    for (let at = 0; at < list.length; at += 2) if (list[at] === wanted) values.push(list[at + 1] as string);
    return values;
  }

  has(name: unknown, value?: unknown): boolean {
    check(this);
    if (arguments.length < 1) throw missingArguments('name');
    return this.#find(matching(name, value)) !== -1;
  }

  set(name: unknown, value: unknown): void {
    check(this);
    if (arguments.length < 2) throw missingArguments('name', 'value');
    const newName = textOf(name);
    const newValue = textOf(value);
    const first = this.#find((other) => other === newName);
    if (first === -1) this.#list.push(newName, newValue);
    else {
      this.#list[first + 1] = newValue;
      this.#keep((other, _, at) => other !== newName || at === first);
    }
    this.#changed?.();
  }

  sort(): void {
    check(this);
    const list = this.#list;
    const pairs: [string, string][] = [];
    for (let at = 0; at < list.length; at += 2) pairs.push([list[at] as string, list[at + 1] as string]);
    pairs.sort(([one], [other]) => (one < other ? -1 : Number(one > other)));
    for (let at = 0; at < pairs.length; at++)
      [list[2 * at], list[2 * at + 1]] = pairs[at] as [string, string];
    this.#changed?.();
  }

  entries(): IterableIterator<[string, string]> {
    check(this);
    return new ParamsIterator(this, 'entries') as unknown as IterableIterator<[string, string]>;
  }

  forEach(callback: (value: string, name: string, params: URLSearchParams) => void, thisArg?: unknown): void {
    check(this);
    if (typeof callback !== 'function') throw invalidArgument('callback', 'of type function', callback);
    for (let at = 0; at < this.#list.length; at += 2)
      Reflect.apply(callback, thisArg, [this.#list[at + 1] as string, this.#list[at] as string, this]);
  }

  keys(): IterableIterator<string> {
    check(this);
    return new ParamsIterator(this, 'keys') as unknown as IterableIterator<string>;
  }

  values(): IterableIterator<string> {
    check(this);
    return new ParamsIterator(this, 'values') as unknown as IterableIterator<string>;
  }

  toString(): string {
    check(this);
    const list = this.#list;
    let query = '';
    for (let at = 0; at < list.length; at += 2)
      query += `${at === 0 ? '' : '&'}${serialize(list[at] as string)}=${serialize(list[at + 1] as string)}`;
    return query;
  }

  [INSPECT](depth: number, options: object, inspect: Inspect): string {
    check(this);
    if (depth < 0) return '[Object]';
    const shown: string[] = [];
    const list = this.#list;
    for (let at = 0; at < list.length; at += 2)
      shown.push(`${inspect(list[at], options)} => ${inspect(list[at + 1], options)}`);
    return shown.length === 0 ? 'URLSearchParams {}' : `URLSearchParams { ${shown.join(', ')} }`;
  }

  #find(matches: Matches): number {
    const list = this.#list;
    for (let at = 0; at < list.length; at += 2)
      if (matches(list[at] as string, list[at + 1] as string, at)) return at;
    return -1;
  }

  /** In place, since iterators go on in the list. */
  #keep(matches: Matches): void {
    const list = this.#list;
    let kept = 0;
    for (let at = 0; at < list.length; at += 2) {
      const [name, value] = [list[at] as string, list[at + 1] as string];
      if (!matches(name, value, at)) continue;
      list[kept] = name;
      list[kept + 1] = value;
      kept += 2;
    }
    list.length = kept;
  }
}

type Matches = (name: string, value: string, at: number) => boolean;

function matching(givenName: unknown, givenValue: unknown): Matches {
  const name = textOf(givenName);
  const value = givenValue === undefined ? undefined : textOf(givenValue);
  return (otherName, otherValue) => otherName === name && (value === undefined || otherValue === value);
}

/** Whether an iteration gives what the list has: the script has put nothing in the place of its methods. */
function isUntouched(params: URLSearchParams): boolean {
  return (
    (params as unknown as Iterable<unknown>)[Symbol.iterator] === entriesOf &&
    Object.getPrototypeOf(params) === URLSearchParams.prototype
  );
}

/** Goes on in the list as it is at each step. */
class ParamsIterator {
  readonly #params: URLSearchParams;
  readonly #kind: 'entries' | 'keys' | 'values';
  #at = 0;

  constructor(params: URLSearchParams, kind: 'entries' | 'keys' | 'values') {
    this.#params = params;
    this.#kind = kind;
  }

  next(): { value: unknown; done: boolean } {
    if (typeof this !== 'object' || this === null || !(#at in this))
      throw invalidThis('URLSearchParamsIterator');
    const at = this.#at;
    if (at >= listIn(this.#params).length) return { value: undefined, done: true };
    this.#at += 2;
    return { value: this.#valueAt(at), done: false };
  }

  [INSPECT](depth: number, options: object, inspect: Inspect): string {
    if (depth < 0) return '[Object]';
    const shown: string[] = [];
    for (let at = this.#at; at < listIn(this.#params).length; at += 2)
      shown.push(inspect(this.#valueAt(at), options));
    return `URLSearchParams Iterator { ${shown.join(', ')} }`;
  }

  #valueAt(at: number): unknown {
    const list = listIn(this.#params);
    if (this.#kind === 'keys') return list[at];
    return this.#kind === 'values' ? list[at + 1] : [list[at], list[at + 1]];
  }
}

const { prototype } = ParamsIterator;
Object.setPrototypeOf(prototype, IteratorPrototype);
defineReadOnly(prototype, Symbol.toStringTag, 'URLSearchParams Iterator');
makeEnumerable(prototype, ['next']);
delete (prototype as { constructor?: unknown }).constructor;

const { entries: entriesOf } = URLSearchParams.prototype as { readonly entries: unknown };
defineHidden(URLSearchParams.prototype, Symbol.iterator, entriesOf);
defineReadOnly(URLSearchParams.prototype, Symbol.toStringTag, 'URLSearchParams');
makeEnumerable(URLSearchParams.prototype, [
  'size',
  'append',
  'delete',
  'get',
  'getAll',
  'has',
  'set',
  'sort',
  'entries',
  'forEach',
  'keys',
  'values',
  'toString',
]);
