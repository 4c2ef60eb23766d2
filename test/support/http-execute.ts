import { readEvents, type SentEvent } from './server-sent-events.js';

/** What `POST /v1/execute`, or another path, answered. */
export interface ExecuteAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Readonly<Record<string, unknown>>;
}

export const JSON_HEADERS = { 'content-type': 'application/json' };

/**
 * Sends a script over HTTP.
 * @param address host and port, or the service's WebSocket address
 * @param script as JSON; text is sent as it is
 */
export async function post(
  address: string,
  script: unknown,
  headers: Readonly<Record<string, string>> = JSON_HEADERS,
  path = '/v1/execute',
): Promise<ExecuteAnswer> {
  const response = await send(address, script, headers, path);
  return { status: response.status, headers: response.headers, body: await bodyOf(response) };
}

/** Sends a script over HTTP, asks for events, and gives them all. */
export async function postForEvents(
  address: string,
  script: unknown,
): Promise<{ readonly response: Response; readonly events: readonly SentEvent[] }> {
  const response = await send(address, script, { ...JSON_HEADERS, accept: 'text/event-stream' });
  return { response, events: readEvents(await response.text()) };
}

function send(
  address: string,
  script: unknown,
  headers: Readonly<Record<string, string>>,
  path = '/v1/execute',
): Promise<Response> {
  const host = address.replace(/^ws:\/\//, '');
  return fetch(`http://${host.replace(/\/$/, '')}${path}`, {
    method: 'POST',
    headers,
    body: typeof script === 'string' ? script : JSON.stringify(script),
  });
}

async function bodyOf(response: Response): Promise<ExecuteAnswer['body']> {
  return (await response.json()) as ExecuteAnswer['body'];
}
