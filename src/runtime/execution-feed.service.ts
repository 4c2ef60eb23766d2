import { Injectable, Logger } from '@nestjs/common';
import { DuplexError } from '../protocol/errors.js';
import {
  refusalOfCode,
  type Delivery,
  type Exchange,
  type ExecutionRecord,
  type Ran,
  type RecordedMethod,
} from './execution-record.js';

/** Gets each record while others wait for it: it counts, or keeps what it needs, and returns. */
export interface ExecutionObserver {
  executed(record: ExecutionRecord): void;
}

/** Where records of executions come out, one for each, when its final reply was sent. */
@Injectable()
export class ExecutionFeed {
  readonly #logger = new Logger(ExecutionFeed.name);
  readonly #observers: ExecutionObserver[] = [];
  /** Those that are answered with an error, and have their record. */
  readonly #failed = new WeakSet<Exchange>();

  /** Whether records are worth making. */
  get watched(): boolean {
    return this.#observers.length > 0;
  }

  /** Adds an observer, for good. One that throws harms nobody but itself. */
  watch(observer: ExecutionObserver): void {
    this.#observers.push(observer);
  }

  /**
   * Tells of an execution when it is answered; at once, where there is no exchange to wait for.
   * @param failure what is thrown to answer it; `undefined` for a result
   */
  complete(ran: Ran, failure: unknown, exchange: Exchange | undefined): void {
    if (exchange === undefined) return this.#tell(recordOf(ran, unsent(ran, failure), undefined));
    if (failure !== undefined) this.#failed.add(exchange);
    exchange.onSettled((delivery) => this.#tell(recordOf(ran, delivery, exchange.ext)));
  }

  /**
   * Tells of a request that is answered with an error, unless {@link complete} does: a guard or a pipe has refused it, so
   * that it never came to the service. To be called before it is answered.
   */
  refuse(method: RecordedMethod, tenant: string, exchange: Exchange): void {
    if (!this.watched || this.#failed.has(exchange)) return;
    const at = performance.now();
    exchange.onSettled((delivery) => {
      const ran = { ...refusalOfCode(delivery.code), method, tenant, askedAt: at, endedAt: at };
      this.#tell(recordOf(ran, delivery, exchange.ext));
    });
  }

  #tell(record: ExecutionRecord): void {
    for (const observer of this.#observers) {
      try {
        observer.executed(record);
      } catch (error) {
        this.#logger.error(error);
      }
    }
  }
}

/** Field by field: for each call, a spread would cost more than all else here. */
function recordOf(
  { method, tenant, outcome, limit, usage, askedAt, endedAt }: Ran,
  { code, receivedAt, answeredAt, requestBytes, replyBytes }: Delivery,
  ext: string | undefined,
): ExecutionRecord {
  return {
    method,
    tenant,
    outcome,
    limit,
    code,
    usage,
    receivedAt,
    askedAt,
    endedAt,
    answeredAt,
    requestBytes,
    replyBytes,
    ext,
  };
}

/** For who calls the service and not the wire. */
function unsent({ askedAt, endedAt }: Ran, failure: unknown): Delivery {
  const code = failure instanceof DuplexError ? failure.code : undefined;
  return { code, receivedAt: askedAt, answeredAt: endedAt, requestBytes: 0, replyBytes: 0 };
}
