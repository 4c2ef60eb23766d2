import { randomBytes } from 'node:crypto';
import type { Logger } from 'pino';
import { isRefusedEarly, type ExecutionRecord } from '../../runtime/index.js';
import type { Log } from './log.js';

/** Outcomes that the service is to blame for, not a script or a client. */
const TROUBLES: ReadonlySet<ExecutionRecord['outcome']> = new Set(['died', 'busy', 'failed', 'internal']);

/** Writes one line for each execution, each preparation of a script, and each refused request. */
export class ExecutionLog {
  readonly #lines: Logger;
  /** Distinguishes executions of this process from those of other services and of earlier processes. */
  readonly #service = randomBytes(4).toString('hex');
  #count = 0;

  constructor(private readonly log: Log) {
    this.#lines = log.lines.child({ context: 'Execution' });
  }

  /**
   * @param epoch Unix time in milliseconds of the origin of the record's clock
   * @param traceId id of its trace, if any
   */
  write(record: ExecutionRecord, epoch: number, traceId: string | undefined): void {
    const level = TROUBLES.has(record.outcome) ? 'warn' : 'info';
    this.#count += 1;
    if (!this.#lines.isLevelEnabled(level)) return;
    const { tenant, outcome, limit, code, usage, receivedAt, askedAt, endedAt, answeredAt } = record;
    this.log.moment = epoch + answeredAt;
    this.#lines[level](
      {
        id: `${this.#service}-${this.#count}`,
        tenant,
        outcome,
        limit,
        code,
        queuedMs: rounded(usage === undefined ? endedAt - askedAt : usage.queuedMs),
        startMs: rounded(usage?.startMs ?? 0),
        runMs: rounded(usage?.runMs ?? 0),
        replyMs: rounded(answeredAt - endedAt),
        totalMs: rounded(answeredAt - receivedAt),
        requestBytes: record.requestBytes,
        replyBytes: record.replyBytes,
        traceId,
      },
      messageOf(record),
    );
    this.log.moment = undefined;
  }
}

function messageOf(record: ExecutionRecord): string {
  if (isRefusedEarly(record)) return 'refused';
  return record.method === 'runtime.prepare' ? 'prepared' : 'executed';
}

/** Rounds to whole microseconds. */
function rounded(milliseconds: number): number {
  return Math.round(milliseconds * 1000) / 1000;
}
