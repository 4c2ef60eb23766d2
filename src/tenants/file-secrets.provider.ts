import { Injectable } from '@nestjs/common';
import { SecretSource, type Identity } from '../auth/index.js';
import { TenantDirectory } from './tenant-directory.service.js';

/** Secrets from `SECRETS_FILE`. */
@Injectable()
export class FileSecrets extends SecretSource {
  override readonly open = false;

  constructor(private readonly directory: TenantDirectory) {
    super();
  }

  override get problem(): string | undefined {
    return this.directory.problem;
  }

  override tenantOf(presented: string | undefined): Identity | undefined {
    return presented === undefined ? undefined : this.directory.identityOf(presented);
  }
}
