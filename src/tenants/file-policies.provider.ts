import { Injectable } from '@nestjs/common';
import { TenantPolicies, type TenantPolicy } from '../runtime/index.js';
import { TenantDirectory } from './tenant-directory.service.js';

/** For a tenant that was removed while its request was under way: the defaults could allow more than it had. */
const NOTHING: TenantPolicy = { modules: [], egress: [] };

/** Tenant policies from `SECRETS_FILE`. */
@Injectable()
export class FilePolicies extends TenantPolicies {
  constructor(private readonly directory: TenantDirectory) {
    super();
  }

  override policyOf(tenant: string): TenantPolicy {
    return this.directory.policyOf(tenant) ?? NOTHING;
  }
}
