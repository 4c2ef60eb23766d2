/** Injection token of {@link RuntimeOptions}. */
export const RUNTIME_OPTIONS = Symbol('RUNTIME_OPTIONS');

/** Settings of the use case, all filled; defaults are in {@link DEFAULT_RUNTIME_OPTIONS}. */
export interface RuntimeOptions {
  /** Wall-clock milliseconds for script and call together, waiting for a runner not counted. */
  readonly timeoutMs: number;
  /** Most bytes of prepared scripts that are kept: of all tenants, and of one. */
  readonly preparedBytes: number;
  readonly preparedTenantBytes: number;
  /** Most bytes that requests, unfinished frames and unread answers take in the gateway: of all tenants; see `MemoryBudget`. */
  readonly memoryBytes: number;
  /** As far as a tenant's limits, or the options of a request, may widen that; absent: not at all. */
  readonly maxTimeoutMs?: number | undefined;
}

/** The original's three seconds. */
export const DEFAULT_RUNTIME_OPTIONS: RuntimeOptions = {
  timeoutMs: 3000,
  memoryBytes: 256 * 2 ** 20,
  preparedBytes: 64 * 2 ** 20,
  preparedTenantBytes: 16 * 2 ** 20,
};
