import { EgressPolicyError } from './errors.js';
import { type HostPattern, parseHostPattern } from './host-pattern.js';

const TOKEN = /^[\w!#$%&'*+.^`|~-]+$/;
const VALUE = /^[\t\u0020-\u007E\u0080-\u00FF]*$/;
/** What a request's own framing is made of. */
const FRAMING =
  /^(?:host|connection|content-length|transfer-encoding|expect|upgrade|te|trailer|keep-alive|proxy-.*)$/;

/** Headers that the operator adds to requests: scripts never see them. */
export interface HeaderRules {
  /** Those for a URL, names in lower case. */
  headersFor(url: URL): ReadonlyMap<string, string>;
}

interface Rule {
  readonly pattern: HostPattern;
  readonly headers: readonly (readonly [name: string, value: string])[];
}

/**
 * Reads `{"api.github.com": {"authorization": "Bearer …"}}`; a host is written as in a list of hosts.
 * @throws EgressPolicyError naming the host or the header, never a value
 */
export function parseHeaderRules(text: string): HeaderRules {
  const hosts = record(parsed(text), 'the value is no object of hosts');
  const rules: readonly Rule[] = Object.entries(hosts).map(([host, headers]) => ({
    pattern: parseHostPattern(host),
    headers: Object.entries(record(headers, `what ${JSON.stringify(host)} has is no object of headers`)).map(
      ([name, value]) => header(host, name, value),
    ),
  }));
  return {
    headersFor: (url) =>
      new Map(rules.flatMap(({ pattern, headers }) => (pattern.matches(url) ? headers : []))),
  };
}

/** Where nothing is added. */
export const NO_HEADERS: HeaderRules = { headersFor: () => new Map() };

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // The error of JSON.parse shows a part of the text.
    throw new EgressPolicyError('the value is no JSON');
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
  if (!TOKEN.test(name)) throw new EgressPolicyError(`${of} is no name of a header`);
  if (FRAMING.test(lower)) throw new EgressPolicyError(`${of} cannot be set`);
  if (typeof value !== 'string' || !VALUE.test(value) || value !== value.trim())
    throw new EgressPolicyError(`${of} is no text that a header can carry`);
  return [lower, value];
}
