import type { ExecutionRecord } from '../../runtime/index.js';

/** Records traces of executions. */
export interface Traces {
  /**
   * @param epoch Unix time in milliseconds of the origin of the record's clock
   * @returns the trace id: the client's, if the request has one
   */
  record(record: ExecutionRecord, epoch: number): string;
  /** Sends pending spans; may take long if the collector does not respond. */
  shutdown(): Promise<void>;
}
