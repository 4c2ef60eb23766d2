import type { ExecutionRecord } from '../../runtime/index.js';

/** Where traces of executions go. */
export interface Traces {
  /** @returns the id of its trace: the client's, where the request has one */
  record(record: ExecutionRecord): string;
  /** Sends what is not sent yet; may take long when nobody answers. */
  shutdown(): Promise<void>;
}
