import { createTraceState, isSpanContextValid, type SpanContext } from '@opentelemetry/api';

/** The W3C's form, of any version: a later one may go on after the flags. */
const TRACEPARENT = /^(?!ff)([\da-f]{2})-([\da-f]{32})-([\da-f]{16})-([\da-f]{2})(-.*)?$/;
/** Longer ones hold something else beside a trace context, and are not worth reading. */
const MAX_EXT_CHARACTERS = 8192;
const MAX_STATE_CHARACTERS = 512;

/**
 * The span of the client that a request belongs to, from its `ext`: `{"traceparent": "00-…", "tracestate": "…"}`.
 * @returns undefined when there is none, or none that is well formed
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
