/** Injection token of {@link AuthOptions}. */
export const AUTH_OPTIONS = Symbol('AUTH_OPTIONS');

/** Authentication settings with all defaults filled in, see {@link DEFAULT_AUTH_OPTIONS}. */
export interface AuthOptions {
  /** Secret that clients send in `x-runtime-secret`. No secret is required if it is absent or empty. */
  readonly secret?: string | undefined;
  /**
   * Web origins (`https://example.com`) whose pages may connect if no secret is required. Pages of this machine always
   * may. Ignored if there is a secret.
   */
  readonly origins: readonly string[];
  /**
   * Host names, without ports, by which clients may reach the service if no secret is required. IP addresses,
   * `localhost` and the hosts in `origins` are always allowed. Ignored if there is a secret.
   */
  readonly hosts: readonly string[];
}

export const DEFAULT_AUTH_OPTIONS: AuthOptions = { origins: [], hosts: [] };
