import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';

const JSON_TYPE = 'application/json';
export const EVENTS_TYPE = 'text/event-stream';

/** Checks `Content-Type` and `Content-Encoding`. @returns why the body is refused; `undefined` if it is plain JSON */
export function mediaTypeProblem(headers: IncomingHttpHeaders): string | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== JSON_TYPE) return `Content-Type must be ${JSON_TYPE}.`;
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding.toLowerCase() === 'identity' ? undefined : 'Content-Encoding is not supported.';
}

/** Whether `Accept` prefers server-sent events over JSON. Between equal preferences the first one wins. */
export function prefersEvents(headers: IncomingHttpHeaders): boolean {
  return new Negotiator({ headers }).mediaType([JSON_TYPE, EVENTS_TYPE]) === EVENTS_TYPE;
}
