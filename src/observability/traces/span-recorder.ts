/** The only file that loads OpenTelemetry's SDK; imported when traces are wanted, and not before. */
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

/** OpenTelemetry tells of errors as JSON of all that is in them, a collector's answer too, which may be anything. */
function brief(fault: string): string {
  if (!fault.startsWith('{')) return fault;
  const { name, message }: { name?: unknown; message?: unknown } = JSON.parse(fault);
  return `spans were not sent: ${String(name)}: ${String(message)}`;
}

/** Writes a trace of each request that is recorded, when it is over: nothing is propagated into scripts, so nobody needs it before. */
export class SpanRecorder implements Traces {
  readonly #provider: BasicTracerProvider;
  readonly #tracer: Tracer;

  /**
   * Where spans go, how many, and what else they tell, is in OpenTelemetry's own variables.
   * @param tell told when spans cannot be sent, or a variable is wrong
   */
  constructor(version: string, tell: (fault: string) => void) {
    const tellBriefly = (fault: string): void => tell(brief(fault));
    const faults = { error: tellBriefly, warn: tellBriefly, info: silent, debug: silent, verbose: silent };
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

  /** Sends what is not sent yet. */
  shutdown(): Promise<void> {
    return this.#provider.shutdown();
  }

  /** Where the time of the request went. */
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
