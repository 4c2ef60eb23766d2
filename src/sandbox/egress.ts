import type { EgressFailure, EgressHead, EgressRequest } from './boundary/egress/egress-types.js';

export type { EgressFailure, EgressHead, EgressRequest } from './boundary/egress/egress-types.js';

/** The egress of the executions of one tenant. Types only: whoever gives it to an execution decides where it leads. */
export interface Egress {
  /** For one execution. */
  open(): EgressSession;
}

/** The requests of one execution. */
export interface EgressSession {
  /** Every fault of the request is reported in the reply, maybe before this returns. */
  request(request: EgressRequest, reply: EgressReply): EgressExchange;
  /** The execution is over: its requests end, and nothing more is reported. */
  close(): void;
}

/** Callbacks for the response of a request; `ended` or `failed` comes last. */
export interface EgressReply {
  head(head: EgressHead): void;
  data(chunk: Buffer): void;
  ended(): void;
  failed(fault: EgressFailure): void;
  /** Back-pressure: so many bytes of the request body were consumed, and as many more may come. */
  taken(bytes: number): void;
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
