import { EGRESS_CODES, EgressFault } from './errors.js';

/** Hop-by-hop and framing headers. Scripts can neither send nor read them. */
const HOP_BY_HOP =
  /^(?:connection|keep-alive|proxy-.*|te|trailer|transfer-encoding|upgrade|http2-settings|expect|host|:.*)$/;
const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;
const MAX_HEADERS = 200;
const MAX_CHARACTERS = 65_536;

/** Headers as a flat list: name, value, name, value. */
export type HeaderList = readonly string[];

/**
 * The headers to send: those of the script without hop-by-hop headers, plus those that the operator adds. The latter win.
 * @throws EgressFault for an invalid header
 */
export function requestHeaders(
  given: HeaderList,
  added: ReadonlyMap<string, string>,
  hasBody: boolean,
): string[] {
  if (given.length > 2 * MAX_HEADERS) throw invalid(`a request has at most ${MAX_HEADERS} headers`);
  const sent: string[] = [];
  let characters = 0;
  let length: string | undefined;
  for (let i = 0; i + 1 < given.length; i += 2) {
    const [name = '', value = ''] = given.slice(i, i + 2);
    characters += name.length + value.length;
    if (!TOKEN.test(name) || !VALUE.test(value)) throw invalid('a header has invalid characters');
    const lower = name.toLowerCase();
    if (HOP_BY_HOP.test(lower) || added.has(lower)) continue;
    if (lower === 'content-length') {
      length = checkedLength(value, length);
      continue;
    }
    sent.push(name, value);
  }
  if (characters > MAX_CHARACTERS)
    throw invalid(`the headers of a request have at most ${MAX_CHARACTERS} characters`);
  if (length !== undefined && hasBody) sent.push('content-length', length);
  for (const [name, value] of added) sent.push(name, value);
  return sent;
}

/** Two different lengths would allow request smuggling. */
function checkedLength(value: string, known: string | undefined): string {
  const text = value.trim();
  if (!/^\d{1,15}$/.test(text) || (known !== undefined && known !== text))
    throw invalid('the content-length is invalid');
  return text;
}

/** The valid `content-length` of the headers; undefined if there is none. */
export function lengthOf(given: HeaderList): number | undefined {
  const at = given.findIndex((name, i) => i % 2 === 0 && name.toLowerCase() === 'content-length');
  const length = Number(at === -1 ? NaN : given[at + 1]?.trim());
  return Number.isSafeInteger(length) && length >= 0 ? length : undefined;
}

/** The response headers that the script gets. */
export function responseHeaders(raw: readonly (Buffer | string)[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i + 1 < raw.length; i += 2) {
    const name = latin1(raw[i]);
    if (!HOP_BY_HOP.test(name.toLowerCase())) kept.push(name, latin1(raw[i + 1]));
  }
  return kept;
}

function latin1(part: Buffer | string | undefined): string {
  return typeof part === 'string' ? part : (part?.toString('latin1') ?? '');
}

function invalid(problem: string): EgressFault {
  return new EgressFault(EGRESS_CODES.invalid, problem);
}
