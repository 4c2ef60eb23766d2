import type { IncomingHttpHeaders } from 'node:http';
import Negotiator from 'negotiator';

const JSON_TYPE = 'application/json';
export const EVENTS_TYPE = 'text/event-stream';

/** What is wrong with the kind of body that is announced; `undefined` when it is JSON, as it is. */
export function mediaTypeProblem(headers: IncomingHttpHeaders): string | undefined {
  const [type = ''] = (headers['content-type'] ?? '').split(';');
  if (type.trim().toLowerCase() !== JSON_TYPE) return `The body must be ${JSON_TYPE}.`;
  const encoding = headers['content-encoding'] ?? 'identity';
  return encoding.toLowerCase() === 'identity' ? undefined : 'The body must not be encoded.';
}

/** Whether the client would rather have a stream of events. Of two that it likes the same, the first is preferred. */
export function prefersEvents(headers: IncomingHttpHeaders): boolean {
  return new Negotiator({ headers }).mediaType([JSON_TYPE, EVENTS_TYPE]) === EVENTS_TYPE;
}
