import { Injectable } from '@nestjs/common';
import { TenantPolicies, type TenantPolicy } from '../runtime/index.js';
import { TenantDirectory } from './tenant-directory.service.js';

/** For one that has vanished while its execution was on the way: what everyone may have could be more than it had. */
const NOTHING: TenantPolicy = { modules: [], egress: [] };

/** What `SECRETS_FILE` says of each tenant. */
@Injectable()
export class FilePolicies extends TenantPolicies {
  constructor(private readonly directory: TenantDirectory) {
    super();
  }

  override policyOf(tenant: string): TenantPolicy {
    return this.directory.policyOf(tenant) ?? NOTHING;
  }
}
