export { AuthModule } from './auth.module.js';
export { AUTH_OPTIONS, DEFAULT_AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
export { Authenticator, type AuthRequest, type AuthResult } from './authenticator.service.js';
export type { Identity } from './identity.js';
export { isForeignOrigin } from './origin.js';
export { ConfiguredSecret, DEFAULT_TENANT, SecretSource } from './secret-source.provider.js';
export { SecretGuard } from './secret.guard.js';
export { hashesOf, hashOf, isSameSecret, SECRET_HEADER } from './secret.js';
