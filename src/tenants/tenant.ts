import type { TenantPolicy } from '../runtime/index.js';

/** One tenant of the file. */
export interface Tenant {
  /** Safe as a metric label and in a log line. */
  readonly name: string;
  /** Hashes of its secrets; see `hashOf`. The secrets themselves are not kept. */
  readonly hashes: readonly string[];
  readonly policy: TenantPolicy;
}

/** Tenants by name. */
export type Tenants = ReadonlyMap<string, Tenant>;
