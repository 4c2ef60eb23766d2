import { ConfigurableModuleBuilder, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { AUTH_OPTIONS, DEFAULT_AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { Authenticator } from './authenticator.service.js';
import { ConfiguredSecret, SecretSource } from './secret-source.provider.js';
import { SecretGuard } from './secret.guard.js';

interface AuthExtras {
  /** Replaces the configured secret. */
  readonly secrets?: Type<SecretSource>;
  /** Modules whose exports the secret source injects. */
  readonly imports?: ModuleMetadata['imports'];
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<AuthOptions>
>()
  .setClassMethodName('forRoot')
  .setExtras<AuthExtras>({ secrets: ConfiguredSecret, imports: [] }, (definition, extras) => ({
    ...definition,
    imports: [...(definition.imports ?? []), ...(extras.imports ?? [])],
    providers: [
      ...(definition.providers ?? []),
      { provide: SecretSource, useClass: extras.secrets ?? ConfiguredSecret },
    ],
  }))
  .build();

/**
 * Authentication. `AuthModule.forRoot({})` requires no secret; `secrets` replaces the source of secrets and tenants.
 */
@Module({
  providers: [
    {
      provide: AUTH_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: Partial<AuthOptions>): AuthOptions => ({ ...DEFAULT_AUTH_OPTIONS, ...options }),
    },
    Authenticator,
    SecretGuard,
  ],
  exports: [AUTH_OPTIONS, SecretSource, Authenticator, SecretGuard],
})
export class AuthModule extends ConfigurableModuleClass {}
