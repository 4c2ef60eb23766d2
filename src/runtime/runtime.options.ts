/** Injection token of {@link RuntimeOptions}. */
export const RUNTIME_OPTIONS = Symbol('RUNTIME_OPTIONS');

/** Options of the runtime, complete; defaults are in {@link DEFAULT_RUNTIME_OPTIONS}. */
export interface RuntimeOptions {
  /** Maximum wall-clock time of script and call together, in milliseconds, without the wait for a runner. */
  readonly timeoutMs: number;
  /** Maximum bytes of prepared scripts: of all tenants, and of one. */
  readonly preparedBytes: number;
  readonly preparedTenantBytes: number;
  /** Maximum bytes of requests, unfinished frames and unread replies of all tenants; see `MemoryBudget`. */
  readonly memoryBytes: number;
  /** Upper bound for `timeoutMs` in the limits of a tenant and the options of a request; defaults to `timeoutMs`. */
  readonly maxTimeoutMs?: number | undefined;
}

/** The timeout is that of the original. */
export const DEFAULT_RUNTIME_OPTIONS: RuntimeOptions = {
  timeoutMs: 3000,
  memoryBytes: 256 * 2 ** 20,
  preparedBytes: 64 * 2 ** 20,
  preparedTenantBytes: 16 * 2 ** 20,
};
