import { Histogram, type Registry } from 'prom-client';
import { isRefusedEarly, type ExecutionRecord } from '../../runtime/index.js';
import { keyed, scrapedCounter } from './scraped.js';
import { Tally } from './tally.js';
import { TenantTallies } from './tenant-tallies.js';

const SECONDS = [0.0001, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30];
const BYTES = [256, 1024, 4096, 16_384, 65_536, 262_144, 1_048_576, 4_194_304, 16_777_216];
/** More tenants than an operator configures by hand, and fewer than a time series database minds. */
const MAX_TENANTS = 100;

/** What becomes of executions, and where their time goes. */
export class ExecutionMetrics {
  readonly #executions = new TenantTallies<ExecutionRecord['outcome']>(MAX_TENANTS);
  readonly #preparations = new TenantTallies<ExecutionRecord['outcome']>(MAX_TENANTS);
  readonly #refusals = new TenantTallies<ExecutionRecord['outcome']>(MAX_TENANTS);
  readonly #runSeconds = new Tally<string>(MAX_TENANTS);
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
      help: 'Executions by tenant and by what became of them: an outcome of the script, or why it was not run. Tenants beyond the hundredth are `other`.',
      labelNames: ['tenant', 'outcome'],
      read: () => this.#executions.labelled('outcome'),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_preparations_total',
      help: 'Scripts that were to be prepared, by tenant and by what became of them, as for executions.',
      labelNames: ['tenant', 'outcome'],
      read: () => this.#preparations.labelled('outcome'),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_refusals_total',
      help: 'Requests to execute or to prepare a script that were refused for what they are, by tenant and reason. They are in neither of the above.',
      labelNames: ['tenant', 'reason'],
      read: () => this.#refusals.labelled('reason'),
    });
    scrapedCounter(registry, {
      name: 'javascriptd_tenant_run_seconds_total',
      help: 'Time that the scripts of a tenant had runner processes for.',
      labelNames: ['tenant'],
      read: () => keyed('tenant', this.#runSeconds),
    });
    this.#queue = histogram(
      'queue_seconds',
      'Wait for a runner process, while none was being started for it.',
      SECONDS,
    );
    this.#start = histogram('start_seconds', 'Wait for a runner process to start.', SECONDS);
    this.#run = histogram('run_seconds', 'From the way into the runner process to the answer.', SECONDS);
    this.#reply = histogram('reply_seconds', 'From the answer to the reply, handed to the socket.', SECONDS);
    this.#duration = histogram(
      'duration_seconds',
      'From the frame of the request to its reply: all of the above, and reading it.',
      SECONDS,
    );
    this.#requestBytes = histogram('request_bytes', 'Length of the frame of the request.', BYTES);
    this.#replyBytes = histogram('reply_bytes', 'Length of the frame of the reply.', BYTES);
  }

  count(record: ExecutionRecord): void {
    const { method, tenant, outcome, usage } = record;
    if (isRefusedEarly(record)) return this.#refusals.add(tenant, outcome);
    if (usage !== undefined) this.#runSeconds.add(tenant, usage.runMs / 1000);
    if (method === 'runtime.prepare') return this.#preparations.add(tenant, outcome);
    this.#executions.add(tenant, outcome);
    this.#observe(record);
  }

  /** Of executions only: preparing takes other times. */
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
