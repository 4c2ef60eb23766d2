import type { Logger } from 'pino';
import type { ExecutionObserver, ExecutionRecord } from '../runtime/index.js';
import { ExecutionLog } from './log/execution-log.js';
import { openLog, type LogOptions } from './log/open-log.js';
import type { Metrics } from './metrics/metrics.js';
import type { Traces } from './traces/traces.js';

export interface ObservabilityOptions {
  /** Of this service. */
  readonly version: string;
  /** Absent: no log at all. */
  readonly log?: LogOptions | undefined;
  readonly metrics: boolean;
  /** Absent: no traces. Runs `use` while OpenTelemetry's variables are complete. */
  readonly tracing?: { readonly lend: <T>(use: () => T) => T } | undefined;
}

/** Longest wait, when the service stops, for spans to be sent. */
const FLUSH_MS = 2000;

/** The log, the metrics and the traces of one service, as far as they are wanted. */
export class Observability implements ExecutionObserver {
  readonly #executionLog: ExecutionLog | undefined;

  private constructor(
    readonly log: Logger | undefined,
    readonly metrics: Metrics | undefined,
    readonly traces: Traces | undefined,
  ) {
    this.#executionLog = log === undefined ? undefined : new ExecutionLog(log);
  }

  /** Loads what is wanted, and nothing else. */
  static async open({ version, log, metrics, tracing }: ObservabilityOptions): Promise<Observability> {
    const lines = log === undefined ? undefined : await openLog(log);
    const { Metrics: Counted } = metrics ? await import('./metrics/metrics.js') : {};
    const { SpanRecorder } = tracing === undefined ? {} : await import('./traces/span-recorder.js');
    return new Observability(
      lines,
      Counted === undefined ? undefined : new Counted(version),
      SpanRecorder === undefined
        ? undefined
        : tracing?.lend(
            () => new SpanRecorder(version, (fault) => lines?.warn({ context: 'Traces' }, fault)),
          ),
    );
  }

  executed(record: ExecutionRecord): void {
    const traceId = this.traces?.record(record);
    this.metrics?.executions.count(record);
    this.#executionLog?.write(record, traceId);
  }

  /** Sends what is not sent yet, for a moment. */
  async flush(): Promise<void> {
    if (this.traces === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_MS);
    });
    await Promise.race([this.traces.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  }
}
