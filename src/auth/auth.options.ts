/** Injection token of {@link AuthOptions}. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/** Settings of the door, all filled; defaults are in {@link DEFAULT_AUTH_OPTIONS}. */
export interface AuthOptions {
  /** What clients present in `x-runtime-secret`. Absent or empty: the door is open. */
  readonly secret?: string | undefined;
  /**
   * Web origins (`https://example.com`) whose pages may connect while the door is open. Pages of this
   * machine always may; with a secret this list is not read.
   */
  readonly origins: readonly string[];
  /**
   * Names by which clients reach the service while the door is open, without ports. IP addresses, the names of this
   * machine (`localhost`) and those in `origins` always may; with a secret this list is not read.
   */
  readonly hosts: readonly string[];
}

export const DEFAULT_AUTH_OPTIONS: AuthOptions = { origins: [], hosts: [] };
