import { ConfigurableModuleBuilder, Module, type ModuleMetadata, type Type } from '@nestjs/common';
import { AUTH_OPTIONS, DEFAULT_AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { Door } from './door.service.js';
import { ConfiguredSecret, SecretSource } from './secret-source.provider.js';
import { SecretGuard } from './secret.guard.js';

interface AuthExtras {
  /** Takes the place of the configured secret. */
  readonly secrets?: Type<SecretSource>;
  /** Modules whose exports that source injects. */
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

/** The door. `AuthModule.forRoot({})` is open; `secrets` replaces where secrets and tenants come from. */
@Module({
  providers: [
    {
      provide: AUTH_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: Partial<AuthOptions>): AuthOptions => ({ ...DEFAULT_AUTH_OPTIONS, ...options }),
    },
    Door,
    SecretGuard,
  ],
  exports: [AUTH_OPTIONS, SecretSource, Door, SecretGuard],
})
export class AuthModule extends ConfigurableModuleClass {}
