/** The names and values of a query: what `URLSearchParams` is made of. */
import { coded } from '../../boundary/coded-errors.js';
import { isObject, toText } from '../kit/conversions.js';
import { percentDecoded } from './percent-decoding.js';
import { wellFormed } from './well-formed.js';

/** Text that is serialized as it is. */
const PLAIN = /^[\w*.-]*$/;

/** Encodes for `application/x-www-form-urlencoded`, which escapes more than encodeURIComponent. */
export function serialize(text: string): string {
  if (PLAIN.test(text)) return text;
  return encodeURIComponent(text)
    .replaceAll('%20', '+')
    .replaceAll(/[!'()~]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

const read = (text: string): string => percentDecoded(text.includes('+') ? text.replaceAll('+', ' ') : text);

/** The standard's USVString. */
export const textOf = (value: unknown): string => wellFormed(toText(value));

/** Names and values by turns. */
export type List = string[];

export function parse(query: string): List {
  const list: List = [];
  const end = query.length;
  for (let from = query[0] === '?' ? 1 : 0; from < end;) {
    let to = query.indexOf('&', from);
    if (to === -1) to = end;
    if (to > from) {
      const pair = query.slice(from, to);
      const at = pair.indexOf('=');
      if (at === -1) list.push(read(pair), '');
      else list.push(read(pair.slice(0, at)), read(pair.slice(at + 1)));
    }
    from = to + 1;
  }
  return list;
}

/** The standard's record: a name that is twice among the keys, once lone surrogates are replaced, has its last value. */
export function fieldsOf(init: object): List {
  const fields = new Map<string, string>();
  for (const key of Reflect.ownKeys(init)) {
    if (Reflect.getOwnPropertyDescriptor(init, key)?.enumerable !== true) continue;
    fields.set(textOf(key), textOf((init as Record<PropertyKey, unknown>)[key]));
  }
  return [...fields].flat();
}

export function isIterable(value: unknown): value is Iterable<unknown> {
  return isObject(value) && typeof (value as Partial<Iterable<unknown>>)[Symbol.iterator] === 'function';
}

export function invalidTuple(): TypeError {
  const text = 'Each query pair must be an iterable [name, value] tuple';
  return coded(new TypeError(text), 'ERR_INVALID_TUPLE');
}
