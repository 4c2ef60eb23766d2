/** The way out of the sandbox, as the sandbox sees it: types only. Whoever gives one to an execution decides where it leads. */

/** A way out for the executions of one tenant. */
export interface Egress {
  /** For one execution. */
  open(): EgressSession;
}

/** The requests of one execution. */
export interface EgressSession {
  /** Whatever is wrong with it is told in the reply, maybe before this returns. */
  request(request: EgressRequest, reply: EgressReply): EgressExchange;
  /** The execution is over: nothing of it goes on, and nothing more is told. */
  close(): void;
}

/** As a script made it: any of it may be wrong. */
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
  failed(fault: EgressFailure): void;
  /** So many bytes of the request's body have found their place: as many more may come. */
  taken(bytes: number): void;
}

export interface EgressHead {
  readonly status: number;
  readonly statusText: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/** What the script is told. */
export interface EgressFailure {
  readonly code: string;
  readonly message: string;
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
