import { EgressPolicyError } from './errors.js';
import { type HostPattern, parseHostPattern } from './host-pattern.js';

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;
/** Headers that frame a request. */
const FRAMING =
  /^(?:host|connection|content-length|transfer-encoding|expect|upgrade|te|trailer|keep-alive|proxy-.*)$/;

/** Headers that the operator adds to requests. Scripts never see them. */
export interface HeaderRules {
  /** The headers for a URL, with names in lower case. */
  headersFor(url: URL): ReadonlyMap<string, string>;
}

interface Rule {
  readonly pattern: HostPattern;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * Parses `{"api.github.com": {"authorization": "Bearer …"}}`; hosts are written as in the allowlist.
 * @throws EgressPolicyError naming the host or the header, never a value
 */
export function parseHeaderRules(text: string): HeaderRules {
  const hosts = record(parsed(text), 'the value is not an object of hosts');
  const rules: readonly Rule[] = Object.entries(hosts).map(([host, headers]) => ({
    pattern: parseHostPattern(host),
    headers: Object.entries(
      record(headers, `the value of ${JSON.stringify(host)} is not an object of headers`),
    ).map(([name, value]) => header(host, name, value)),
  }));
  return {
    headersFor: (url) =>
      new Map(rules.flatMap(({ pattern, headers }) => (pattern.matches(url) ? headers : []))),
  };
}

/** Adds nothing. */
export const NO_HEADERS: HeaderRules = { headersFor: () => new Map() };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The message of JSON.parse quotes the text.
    throw new EgressPolicyError('the value is not valid JSON');
  }
}

function record(value: unknown, problem: string): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new EgressPolicyError(problem);
  return value as Readonly<Record<string, unknown>>;
}

function header(host: string, name: string, value: unknown): readonly [string, string] {
  const of = `${JSON.stringify(name)} of ${JSON.stringify(host)}`;
  const lower = name.toLowerCase();
  if (!TOKEN.test(name)) throw new EgressPolicyError(`${of} is not a valid header name`);
  if (FRAMING.test(lower)) throw new EgressPolicyError(`${of} cannot be set`);
  if (typeof value !== 'string' || !VALUE.test(value) || value !== value.trim())
    throw new EgressPolicyError(`${of} is not a valid header value`);
  return [lower, value];
}
