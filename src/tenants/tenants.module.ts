import { Module, type DynamicModule } from '@nestjs/common';
import { TenantDirectory } from './tenant-directory.service.js';
import { TenantsFile } from './tenants-file.js';

/** Provides the directory behind `FileSecrets` and `FilePolicies`. */
@Module({})
export class TenantsModule {
  static forRoot(file: TenantsFile): DynamicModule {
    return {
      module: TenantsModule,
      providers: [{ provide: TenantDirectory, useFactory: () => TenantDirectory.open(file) }],
      exports: [TenantDirectory],
    };
  }
}
