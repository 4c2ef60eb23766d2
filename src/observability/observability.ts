import type { ExecutionObserver, ExecutionRecord } from '../runtime/index.js';
import { Batch } from './batch.js';
import { ExecutionLog } from './log/execution-log.js';
import { Log, type LogOptions } from './log/log.js';
import type { Metrics } from './metrics/metrics.js';
import { Shared } from './shared.js';
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

const BATCH_RECORDS = 256;
/** Whoever scrapes within this time of another gets the same text. */
const SCRAPE_MS = 1000;
/** Longest wait, when the service stops, for spans to be sent. */
const FLUSH_MS = 2000;

/** The log, the metrics and the traces of one service, as far as they are wanted. */
export class Observability implements ExecutionObserver {
  readonly #executionLog: ExecutionLog | undefined;
  readonly #scrape: Shared<string> | undefined;
  readonly #records = new Batch<ExecutionRecord>(BATCH_RECORDS, (records) => this.#tell(records));

  private constructor(
    readonly log: Log | undefined,
    readonly metrics: Metrics | undefined,
    readonly traces: Traces | undefined,
  ) {
    this.#executionLog = log === undefined ? undefined : new ExecutionLog(log);
    this.#scrape =
      metrics === undefined
        ? undefined
        : new Shared(SCRAPE_MS, () => {
            this.#records.flush();
            return metrics.registry.metrics();
          });
  }

  /** Loads what is wanted, and nothing else. */
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

  /** The metrics as Prometheus reads them, computed once a second at most; `undefined` where there are none. */
  scrape(): Promise<string> | undefined {
    return this.#scrape?.get();
  }

  /** Sends what is not sent yet, for a moment. */
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

  #tell(records: readonly ExecutionRecord[]): void {
    // Both clocks once, so that what is told of an execution fits together.
    const epoch = Date.now() - performance.now();
    for (const record of records) {
      try {
        const traceId = this.traces?.record(record, epoch);
        this.metrics?.executions.count(record);
        this.#executionLog?.write(record, epoch, traceId);
      } catch (error) {
        // The service goes on without; only its operator is told.
        this.log?.lines.error(
          { context: 'Observability', stack: error instanceof Error ? error.stack : undefined },
          'an execution could not be told',
        );
      }
    }
  }
}
