import type { EgressRequest } from '../egress.js';

/** Copied field by field; a script can have made any of them, and the session refuses what cannot be. */
export function requestOf(json: string): EgressRequest {
  const { method, url, headers, hasBody } = recordOf(json);
  return {
    method: textOf(method),
    url: textOf(url),
    headers: Array.isArray(headers) ? headers.map(textOf) : [],
    hasBody: hasBody === true,
  };
}

function recordOf(json: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(json)) as Readonly<Record<string, unknown>>;
  } catch {
    return {};
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}
