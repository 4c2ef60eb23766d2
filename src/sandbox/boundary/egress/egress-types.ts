/** Requests and responses of scripts, as the realm, the runner and the gateway describe them. */

/** The head of a request. A script made it: any field may be invalid. */
export interface EgressRequest {
  readonly method: string;
  readonly url: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
  /** Whether a body follows. */
  readonly hasBody: boolean;
}

/** The head of a response. */
export interface EgressHead {
  readonly status: number;
  readonly statusText: string;
  /** Name, value, name, value. */
  readonly headers: readonly string[];
}

/** Why a request failed, as the script reads it. */
export interface EgressFailure {
  readonly code: string;
  readonly message: string;
}
