/** One request of a script. */
export interface EgressRequest {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  /** Whether a body follows. */
  readonly hasBody: boolean;
}

/** Callbacks for the response of a request; `ended` or `failed` comes last. */
export interface EgressReply {
  head(head: EgressHead): void;
  data(chunk: Buffer): void;
  ended(): void;
  failed(fault: { readonly code: string; readonly message: string }): void;
  /** Back-pressure: so many bytes of the request body were consumed, and as many more may come. */
  taken(bytes: number): void;
}

/** The head of a response. */
export interface EgressHead {
  readonly status: number;
  readonly statusText: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/** A request under way. After the end of its reply, calls have no effect. */
export interface EgressExchange {
  write(chunk: Buffer): void;
  end(): void;
  /** No further callback follows. */
  abort(): void;
  /** Delivers no data until `resume`. */
  pause(): void;
  resume(): void;
}

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
