import { type Bytes, part } from '../kit/parts.js';

const HEX = '0123456789ABCDEF';
/** Escapes the same characters as Node's `escape`. */
const escape = (value: unknown) =>
  encodeURIComponent(typeof value === 'object' ? String(value) : (value as string));

/** Percent-decoding that keeps invalid sequences as they are. */
function unescapeBuffer(text: string): Bytes {
  return part('buffer').Buffer.from(unescapedBytes(text));
}

function unescapedBytes(text: string): number[] {
  const bytes: number[] = [];
  for (let at = 0; at < text.length; at++) {
    const high = text[at] === '%' ? HEX.indexOf((text[at + 1] ?? '').toUpperCase() || '?') : -1;
    const low = high === -1 ? -1 : HEX.indexOf((text[at + 2] ?? '').toUpperCase() || '?');
    if (low === -1) {
      bytes.push(text.charCodeAt(at) & 0xff);
    } else {
      bytes.push(high * 16 + low);
      at += 2;
    }
  }
  return bytes;
}

function unescape(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return unescapeBuffer(text).toString();
  }
}

type Values = Record<string, string | string[]>;

interface ParseOptions {
  readonly maxKeys?: number;
  readonly decodeURIComponent?: (text: string) => string;
}

function parse(text: unknown, separator = '&', equals = '=', options: ParseOptions = {}): Values {
  const values: Values = Object.create(null) as Values;
  if (typeof text !== 'string' || text === '') return values;
  const decode = options.decodeURIComponent ?? querystring.unescape;
  const read = (escaped: string) => {
    const spaced = escaped.replaceAll('+', ' ');
    try {
      return spaced.includes('%') ? decode(spaced) : spaced;
    } catch {
      return querystring.unescape(spaced);
    }
  };
  const { maxKeys = 1000 } = options;
  const pairs = text.split(separator || '&', maxKeys > 0 ? maxKeys : undefined);
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf(equals || '=');
    const key = read(at === -1 ? pair : pair.slice(0, at));
    const value = at === -1 ? '' : read(pair.slice(at + (equals || '=').length));
    const before = values[key];
    if (before === undefined) values[key] = value;
    else if (Array.isArray(before)) before.push(value);
    else values[key] = [before, value];
  }
  return values;
}

function primitive(value: unknown): string {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : '';
  return typeof value === 'bigint' || typeof value === 'boolean' ? String(value) : '';
}

interface StringifyOptions {
  readonly encodeURIComponent?: (text: string) => string;
}

function stringify(values: unknown, separator = '&', equals = '=', options: StringifyOptions = {}): string {
  if (typeof values !== 'object' || values === null) return '';
  const encode = options.encodeURIComponent ?? querystring.escape;
  return Object.entries(values)
    .flatMap(([key, value]) =>
      (Array.isArray(value) ? (value as unknown[]) : [value]).map(
        (one) => `${encode(key)}${equals || '='}${encode(primitive(one))}`,
      ),
    )
    .join(separator || '&');
}

const querystring = { parse, stringify, decode: parse, encode: stringify, escape, unescape, unescapeBuffer };

export default querystring;
