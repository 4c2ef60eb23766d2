/** Injection token of {@link HttpOptions}. */
export const HTTP_OPTIONS = Symbol('HTTP_OPTIONS');

export interface HttpOptions {
  /** Milliseconds that scripts in flight get to finish when the application closes. */
  readonly shutdownGraceMs: number;
  /** Version that `/openapi.json` names. */
  readonly version: string;
}
