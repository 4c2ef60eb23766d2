import type { ExecutionRecord } from '../../runtime/index.js';

/** Where traces of executions go. */
export interface Traces {
  /**
   * @param epoch when the clock of records began, in milliseconds since 1970
   * @returns the id of its trace: the client's, where the request has one
   */
  record(record: ExecutionRecord, epoch: number): string;
  /** Sends what is not sent yet; may take long when nobody answers. */
  shutdown(): Promise<void>;
}
