/** The identity of an authenticated client. */
export interface Identity {
  readonly tenant: string;
  /** Becomes true when the secret is revoked. The client stays connected, but its requests are refused. */
  readonly revoked?: boolean;
}
