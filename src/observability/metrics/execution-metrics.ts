import { Histogram, type Registry } from 'prom-client';
import { isRefusedEarly, type ExecutionRecord } from '../../runtime/index.js';
import { keyed, scrapedCounter } from './scraped.js';
import { LabelCounter } from './label-counter.js';
import { TenantCounters } from './tenant-counters.js';

const SECONDS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const BYTES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];
/** More tenants than an operator configures by hand, and few enough for a time series database. */
const MAX_TENANTS = 100;

/** Outcomes and durations of executions. */
export class ExecutionMetrics {
  readonly #executions = new TenantCounters<ExecutionRecord['outcome']>(MAX_TENANTS);
  readonly #preparations = new TenantCounters<ExecutionRecord['outcome']>(MAX_TENANTS);
  readonly #refusals = new TenantCounters<ExecutionRecord['outcome']>(MAX_TENANTS);
  readonly #runSeconds = new LabelCounter<string>(MAX_TENANTS);
  readonly #queue: Histogram;
  readonly #start: Histogram;
  readonly #run: Histogram;
  readonly #reply: Histogram;
  readonly #duration: Histogram;
  readonly #requestBytes: Histogram;
  readonly #replyBytes: Histogram;

  constructor(registry: Registry) {
    const histogram = (name: string, help: string, buckets: number[]): Histogram =>
      new Histogram({ name: `javascriptd_execution_${name}`, help, buckets, registers: [registry] });
    scrapedCounter(registry, {
      name: 'javascriptd_executions_total',
      help: 'Executions, by tenant and outcome: that of the script, or the reason why it did not run. Tenants beyond the hundredth are `other`.',
      labelNames: ['tenant', 'outcome'],
      read: () => this.#executions.labelled('outcome'),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_preparations_total',
      help: 'Preparations of scripts, by tenant and outcome, as for executions.',
      labelNames: ['tenant', 'outcome'],
      read: () => this.#preparations.labelled('outcome'),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_refusals_total',
      help: 'Requests to execute or prepare a script that were refused before they reached the sandbox, by tenant and reason. Counted neither as executions nor as preparations.',
      labelNames: ['tenant', 'reason'],
      read: () => this.#refusals.labelled('reason'),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_tenant_run_seconds_total',
      help: 'Time that the scripts of a tenant occupied runner processes.',
      labelNames: ['tenant'],
      read: () => keyed('tenant', this.#runSeconds),
    });
    this.#queue = histogram(
      'queue_seconds',
      'Wait for a runner process, without the time to start a new one.',
      SECONDS,
    );
    this.#start = histogram('start_seconds', 'Wait for a new runner process to start.', SECONDS);
    this.#run = histogram(
      'run_seconds',
      'From sending the script to the runner process to its answer.',
      SECONDS,
    );
    this.#reply = histogram(
      'reply_seconds',
      'From the answer of the runner process to handing the reply to the socket.',
      SECONDS,
    );
    this.#duration = histogram(
      'duration_seconds',
      'From the request frame to its reply: all of the above, and decoding.',
      SECONDS,
    );
    this.#requestBytes = histogram('request_bytes', 'Size of the request frame.', BYTES);
    this.#replyBytes = histogram('reply_bytes', 'Size of the reply frame.', BYTES);
  }

  count(record: ExecutionRecord): void {
    const { method, tenant, outcome, usage } = record;
    if (isRefusedEarly(record)) return this.#refusals.add(tenant, outcome);
    if (usage !== undefined) this.#runSeconds.add(tenant, usage.runMs / 1000);
    if (method === 'runtime.prepare') return this.#preparations.add(tenant, outcome);
    this.#executions.add(tenant, outcome);
    this.#observe(record);
  }

  /** For executions only: preparations have other durations. */
  #observe({ usage, receivedAt, endedAt, answeredAt, requestBytes, replyBytes }: ExecutionRecord): void {
    if (usage !== undefined) {
      this.#queue.observe(usage.queuedMs / 1000);
      this.#start.observe(usage.startMs / 1000);
      this.#run.observe(usage.runMs / 1000);
    }
    this.#reply.observe((answeredAt - endedAt) / 1000);
    this.#duration.observe((answeredAt - receivedAt) / 1000);
    this.#requestBytes.observe(requestBytes);
    this.#replyBytes.observe(replyBytes);
  }
}
