/** How a request came out, for the operator. */
export interface EgressRecord {
  /** The entry of EGRESS that let it through, if any did. */
  readonly host: string | undefined;
  readonly outcome: EgressOutcome;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

export const EGRESS_OUTCOMES = ['answered', 'refused', 'limited', 'failed', 'aborted'] as const;
export type EgressOutcome = (typeof EGRESS_OUTCOMES)[number];
