/** Who was let in. */
export interface Identity {
  readonly tenant: string;
  /** Turns true when the secret is taken back: who came in with it may stay connected, and is refused what it asks for. */
  readonly revoked?: boolean;
}
