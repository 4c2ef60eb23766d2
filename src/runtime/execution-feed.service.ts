import { Injectable, Logger } from '@nestjs/common';
import { DuplexError } from '../protocol/errors.js';
import {
  refusalOfCode,
  type Delivery,
  type ExecutionRecord,
  type PendingRequest,
  type RecordedMethod,
  type UndeliveredRecord,
} from './execution-record.js';

/** Called synchronously with each record, so it must return at once. */
export interface ExecutionObserver {
  executed(record: ExecutionRecord): void;
}

/** Publishes one record for each request, when its final reply was sent. */
@Injectable()
export class ExecutionFeed {
  readonly #logger = new Logger(ExecutionFeed.name);
  readonly #observers: ExecutionObserver[] = [];
  /** Requests whose error is already being recorded. */
  readonly #failed = new WeakSet<PendingRequest>();

  /** Whether there is any observer. */
  get watched(): boolean {
    return this.#observers.length > 0;
  }

  /** Adds an observer. Exceptions of an observer are logged and do not affect others. */
  watch(observer: ExecutionObserver): void {
    this.#observers.push(observer);
  }

  /**
   * Publishes the record of an execution when its reply was sent, or at once if there is no pending request.
   * @param failure the error of the reply; `undefined` for a result
   */
  complete(record: UndeliveredRecord, failure: unknown, pending: PendingRequest | undefined): void {
    if (pending === undefined) return this.#publish(recordOf(record, unsent(record, failure), undefined));
    if (failure !== undefined) this.#failed.add(pending);
    pending.onSettled((delivery) => this.#publish(recordOf(record, delivery, pending.ext)));
  }

  /**
   * Publishes the record of a request that a guard or a pipe refused, unless {@link complete} does. Must be called before
   * the request is answered.
   */
  refuse(method: RecordedMethod, tenant: string, pending: PendingRequest): void {
    if (!this.watched || this.#failed.has(pending)) return;
    const at = performance.now();
    pending.onSettled((delivery) => {
      const record = { ...refusalOfCode(delivery.code), method, tenant, askedAt: at, endedAt: at };
      this.#publish(recordOf(record, delivery, pending.ext));
    });
  }

  #publish(record: ExecutionRecord): void {
    for (const observer of this.#observers) {
      try {
        observer.executed(record);
      } catch (error) {
        this.#logger.error(error);
      }
    }
  }
}

/** Copied field by field, since a spread would cost more than everything else here. */
function recordOf(
  { method, tenant, outcome, limit, usage, askedAt, endedAt }: UndeliveredRecord,
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

/** The delivery of a call that did not come over the wire. */
function unsent({ askedAt, endedAt }: UndeliveredRecord, failure: unknown): Delivery {
  const code = failure instanceof DuplexError ? failure.code : undefined;
  return { code, receivedAt: askedAt, answeredAt: endedAt, requestBytes: 0, replyBytes: 0 };
}
