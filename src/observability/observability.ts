import type { ExecutionObserver, ExecutionRecord } from '../runtime/index.js';
import { Batch } from './batch.js';
import { ExecutionLog } from './log/execution-log.js';
import { Log, type LogOptions } from './log/log.js';
import type { Metrics } from './metrics/metrics.js';
import { TtlValue } from './ttl-value.js';
import type { Traces } from './traces/traces.js';

export interface ObservabilityOptions {
  /** Version of this service. */
  readonly version: string;
  /** Absent: no log. */
  readonly log?: LogOptions | undefined;
  readonly metrics: boolean;
  /** Absent: no traces. `lend` runs `use` with OpenTelemetry's credentials in the environment. */
  readonly tracing?: { readonly lend: <T>(use: () => T) => T } | undefined;
}

const BATCH_RECORDS = 256;
/** Scrapes within this time share one text. */
const SCRAPE_TTL_MS = 1000;
/** Maximum wait at shutdown for spans to be sent. */
const FLUSH_MS = 2000;

/** The log, metrics and traces of one service, as far as they are enabled. */
export class Observability implements ExecutionObserver {
  readonly #executionLog: ExecutionLog | undefined;
  readonly #scrape: TtlValue<string> | undefined;
  readonly #records = new Batch<ExecutionRecord>(BATCH_RECORDS, (records) => this.#write(records));

  private constructor(
    readonly log: Log | undefined,
    readonly metrics: Metrics | undefined,
    readonly traces: Traces | undefined,
  ) {
    this.#executionLog = log === undefined ? undefined : new ExecutionLog(log);
    this.#scrape =
      metrics === undefined
        ? undefined
        : new TtlValue(SCRAPE_TTL_MS, () => {
            this.#records.flush();
            return metrics.registry.metrics();
          });
  }

  /** Loads only what is enabled. */
  static async open({ version, log, metrics, tracing }: ObservabilityOptions): Promise<Observability> {
    const lines = log === undefined ? undefined : await Log.open(log);
    const { Metrics: Counted } = metrics ? await import('./metrics/metrics.js') : {};
    const { SpanRecorder } = tracing === undefined ? {} : await import('./traces/span-recorder.js');
    return new Observability(
      lines,
      Counted === undefined ? undefined : new Counted(version),
      SpanRecorder === undefined
        ? undefined
        : tracing?.lend(
            () => new SpanRecorder(version, (fault) => lines?.lines.warn({ context: 'Traces' }, fault)),
          ),
    );
  }

  executed(record: ExecutionRecord): void {
    this.#records.add(record);
  }

  /** The metrics in the Prometheus text format, computed at most once a second; `undefined` if they are disabled. */
  scrape(): Promise<string> | undefined {
    return this.#scrape?.get();
  }

  /** Flushes pending records and spans, with a bounded wait. */
  async flush(): Promise<void> {
    this.#records.flush();
    if (this.traces === undefined) return;
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, FLUSH_MS);
    });
    await Promise.race([this.traces.shutdown().catch(() => undefined), late]);
    clearTimeout(timer);
  }

  #write(records: readonly ExecutionRecord[]): void {
    // Both clocks are read once, so that log and trace of an execution agree.
    const epoch = Date.now() - performance.now();
    for (const record of records) {
      try {
        const traceId = this.traces?.record(record, epoch);
        this.metrics?.executions.count(record);
        this.#executionLog?.write(record, epoch, traceId);
      } catch (error) {
        // The service continues; only the operator is notified.
        this.log?.lines.error(
          { context: 'Observability', stack: error instanceof Error ? error.stack : undefined },
          'an execution could not be recorded',
        );
      }
    }
  }
}
