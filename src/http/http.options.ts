/** Injection token of {@link HttpOptions}. */
export const HTTP_OPTIONS = Symbol('HTTP_OPTIONS');

export interface HttpOptions {
  /** Grace period for requests in flight when the application closes, in milliseconds. */
  readonly shutdownGraceMs: number;
  /** Version that `/openapi.json` names. */
  readonly version: string;
}
