export { FilePolicies } from './file-policies.provider.js';
export { FileSecrets } from './file-secrets.provider.js';
export { TenantDirectory } from './tenant-directory.service.js';
export { TenantsFile } from './tenants-file.js';
export { TenantsModule } from './tenants.module.js';
