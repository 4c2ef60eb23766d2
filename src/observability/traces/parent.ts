import { createTraceState, isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/** The W3C format, of any version: later versions may append fields after the flags. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
/** A longer `ext` holds more than a trace context and is not parsed. */
const MAX_EXT_CHARACTERS = 8192;
const MAX_STATE_CHARACTERS = 512;

/**
 * Parses the parent span of a request from its `ext`: `{"traceparent": "00-…", "tracestate": "…"}`.
 * @returns undefined if it is missing or malformed
 */
export function parentOf(ext: string | undefined): SpanContext | undefined {
  if (ext === undefined || ext.length > MAX_EXT_CHARACTERS || !ext.includes('"traceparent"'))
    return undefined;
  const { traceparent, tracestate }: { traceparent?: unknown; tracestate?: unknown } = JSON.parse(ext) ?? {};
  if (typeof traceparent !== 'string') return undefined;
  const [, version, traceId, spanId, flags, more] = TRACEPARENT.exec(traceparent) ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return undefined;
  if (version === '00' && more !== undefined) return undefined;
  const state = typeof tracestate === 'string' && tracestate.length <= MAX_STATE_CHARACTERS ? tracestate : '';
  const parent: SpanContext = {
    traceId,
    spanId,
    traceFlags: Number.parseInt(flags, 16),
    isRemote: true,
    ...(state === '' ? {} : { traceState: createTraceState(state) }),
  };
  return isSpanContextValid(parent) ? parent : undefined;
}
