import type { TenantPolicy } from '../runtime/index.js';

/** One tenant of the file. */
export interface Tenant {
  /** Safe as a label, and in a log. */
  readonly name: string;
  /** Of its secrets; see `hashOf`. The secrets themselves are not kept. */
  readonly hashes: readonly string[];
  readonly policy: TenantPolicy;
}

/** By their names. */
export type Tenants = ReadonlyMap<string, Tenant>;
