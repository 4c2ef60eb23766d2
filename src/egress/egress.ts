/** The outcome of a request, for metrics. */
export interface EgressRecord {
  /** The allowlist entry that allowed it; undefined if none did. */
  readonly host: string | undefined;
  readonly outcome: EgressOutcome;
  readonly sentBytes: number;
  readonly receivedBytes: number;
}

export const EGRESS_OUTCOMES = ['answered', 'refused', 'limited', 'failed', 'aborted'] as const;
export type EgressOutcome = (typeof EGRESS_OUTCOMES)[number];
