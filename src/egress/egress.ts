/** One request of a script. */
export interface EgressRequest {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  /** Whether a body follows. */
  readonly hasBody: boolean;
}

/** What is heard of a request; `ended` or `failed` comes last. */
export interface EgressReply {
  head(head: EgressHead): void;
  data(chunk: Buffer): void;
  ended(): void;
  failed(fault: { readonly code: string; readonly message: string }): void;
  /** So many bytes of the request's body have found their place: as many more may come. */
  taken(bytes: number): void;
}

/** The head of a response. */
export interface EgressHead {
  readonly status: number;
  readonly statusText: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/** A request under way. After its reply has ended, nothing of this does anything. */
export interface EgressExchange {
  write(chunk: Buffer): void;
  end(): void;
  /** Nothing more is heard of it. */
  abort(): void;
  /** No more data until `resume`. */
  pause(): void;
  resume(): void;
}

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
