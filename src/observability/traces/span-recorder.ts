/** The only file that loads OpenTelemetry's SDK; imported only if traces are enabled. */
import {
  type Context,
  diag,
  DiagLogLevel,
  ROOT_CONTEXT,
  SpanKind,
  SpanStatusCode,
  trace,
  type Tracer,
} from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { isRefusedEarly, type ExecutionRecord } from '../../runtime/index.js';
import { parentOf } from './parent.js';
import type { Traces } from './traces.js';

function silent(): void {}

/** OpenTelemetry logs errors as JSON with all their properties, which may include the response of a collector. */
function brief(fault: string): string {
  if (!fault.startsWith('{')) return fault;
  const { name, message }: { name?: unknown; message?: unknown } = JSON.parse(fault);
  return `spans were not sent: ${String(name)}: ${String(message)}`;
}

/** Writes the trace of a recorded request after its end. Nothing is propagated into scripts, so no span is needed earlier. */
export class SpanRecorder implements Traces {
  readonly #provider: BasicTracerProvider;
  readonly #tracer: Tracer;

  /**
   * OpenTelemetry reads endpoint, sampling and resource attributes from its own variables.
   * @param warn called if spans cannot be sent, or a variable is invalid
   */
  constructor(version: string, warn: (fault: string) => void) {
    const warnBriefly = (fault: string): void => warn(brief(fault));
    const faults = { error: warnBriefly, warn: warnBriefly, info: silent, debug: silent, verbose: silent };
    diag.setLogger(faults, DiagLogLevel.WARN);
    const own = resourceFromAttributes({ 'service.name': 'javascriptd', 'service.version': version });
    this.#provider = new BasicTracerProvider({
      resource: own.merge(detectResources({ detectors: [envDetector] })),
      spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter())],
    });
    this.#tracer = this.#provider.getTracer('javascriptd', version);
  }

  record(record: ExecutionRecord, epoch: number): string {
    const { method, tenant, outcome, limit, code } = record;
    const parent = parentOf(record.ext);
    const root = this.#tracer.startSpan(
      method,
      {
        kind: SpanKind.SERVER,
        startTime: epoch + record.receivedAt,
        attributes: {
          'javascriptd.tenant': tenant,
          'javascriptd.outcome': outcome,
          'javascriptd.request.bytes': record.requestBytes,
          'javascriptd.reply.bytes': record.replyBytes,
          ...(limit === undefined ? {} : { 'javascriptd.limit': limit }),
          ...(code === undefined ? {} : { 'error.type': String(code) }),
        },
      },
      parent === undefined ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, parent),
    );
    const { traceId } = root.spanContext();
    if (!root.isRecording()) return traceId;
    if (code !== undefined) root.setStatus({ code: SpanStatusCode.ERROR });
    if (!isRefusedEarly(record)) this.#parts(record, epoch, trace.setSpan(ROOT_CONTEXT, root));
    root.end(epoch + record.answeredAt);
    return traceId;
  }

  /** Sends pending spans. */
  shutdown(): Promise<void> {
    return this.#provider.shutdown();
  }

  /** Child spans: queue, start and run. */
  #parts({ usage, askedAt, endedAt }: ExecutionRecord, epoch: number, inside: Context): void {
    const runAt = usage === undefined ? endedAt : endedAt - usage.runMs;
    const startAt = usage === undefined ? runAt : runAt - usage.startMs;
    this.#span('queue', epoch + Math.min(askedAt, startAt), epoch + startAt, inside);
    if (startAt < runAt) this.#span('start', epoch + startAt, epoch + runAt, inside);
    if (usage !== undefined) this.#span('run', epoch + runAt, epoch + endedAt, inside);
  }

  #span(name: string, from: number, to: number, inside: Context): void {
    this.#tracer.startSpan(name, { startTime: from }, inside).end(to);
  }
}
