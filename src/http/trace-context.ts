import type { IncomingHttpHeaders } from 'node:http';

/** The W3C trace context of a request in the form that a Duplex request has it in: as JSON text of its `ext`. */
export function traceOf({ traceparent, tracestate }: IncomingHttpHeaders): string | undefined {
  if (typeof traceparent !== 'string') return undefined;
  return JSON.stringify({ traceparent, tracestate });
}
