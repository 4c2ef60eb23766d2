import { coded } from '../../boundary/coded-errors.js';
import { decodedBytes } from '../web/percent-decoding.js';
import { toText } from '../kit/conversions.js';

/** Escapes the same characters as Node's `escape`, and takes any half of a surrogate pair for the first of one, as that does. */
function escape(value: unknown): string {
  const text = typeof value === 'object' ? String(value) : toText(value);
  try {
    return encodeURIComponent(text);
  } catch {
    return text.replaceAll(/[\uD800-\uDFFF][^]?/g, paired).replaceAll(/[^]/gu, encodeURIComponent);
  }
}

function paired(units: string): string {
  if (units.length < 2) throw coded(new URIError('URI malformed'), 'ERR_INVALID_URI');
  const [high, low] = [units.charCodeAt(0) & 0x3ff, units.charCodeAt(1) & 0x3ff];
  return String.fromCodePoint(0x10000 + high * 0x400 + low);
}

function unescape(text: string, decodesSpaces = false): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return decodedBytes(text, decodesSpaces).toString();
  }
}

const unescapeBuffer = decodedBytes;

const ENCODED = /%[\dA-F]{2}/i;
/** What Node takes for encoded in a value: it overlooks plus signs there. */
const ENCODED_LOOSELY = /%\+*[\dA-F]\+*[\dA-F]/i;
/** With such a key, Node decodes the value, too. */
const ENCODED_TWICE = /%[\dA-F]{2}[^]*%\+*[\dA-F]\+*[\dA-F]/i;

type Values = Record<string, string | string[]>;

interface ParseOptions {
  readonly maxKeys?: number;
  readonly decodeURIComponent?: (text: string) => string;
}

function parse(text: unknown, separator = '&', equals = '=', options: ParseOptions = {}): Values {
  const values: Values = Object.create(null) as Values;
  if (typeof text !== 'string' || text === '') return values;
  const decode = options.decodeURIComponent ?? querystring.unescape;
  const isOwn = decode === unescape;
  const read = (escaped: string, isEncoded: boolean) => {
    if (isOwn) return isEncoded ? unescape(escaped.replaceAll('+', ' ')) : escaped.replaceAll('+', ' ');
    try {
      return escaped === '' ? '' : decode(escaped.replaceAll('+', '%20'));
    } catch {
      return querystring.unescape(escaped.replaceAll('+', '%20'), true);
    }
  };
  const { maxKeys } = options;
  const limit = typeof maxKeys === 'number' ? maxKeys : 1000;
  const pairs = text.split(separator || '&', limit > 0 && limit < Infinity ? limit : undefined);
  for (const pair of pairs) {
    if (pair === '') continue;
    const at = pair.indexOf(equals || '=');
    const rawKey = at === -1 ? pair : pair.slice(0, at);
    const rawValue = at === -1 ? '' : pair.slice(at + (equals || '=').length);
    const key = read(rawKey, ENCODED.test(rawKey));
    const value = read(rawValue, ENCODED_LOOSELY.test(rawValue) || ENCODED_TWICE.test(rawKey));
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
