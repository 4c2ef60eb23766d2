import { ConfigurableModuleBuilder, Module, type Type } from '@nestjs/common';
import { AUTH_OPTIONS, DEFAULT_AUTH_OPTIONS, type AuthOptions } from './auth.options.js';
import { Door } from './door.service.js';
import { ConfiguredSecret, SecretSource } from './secret-source.provider.js';
import { SecretGuard } from './secret.guard.js';

interface AuthExtras {
  /** Takes the place of the configured secret. */
  readonly secrets?: Type<SecretSource>;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<AuthOptions>
>()
  .setClassMethodName('forRoot')
  .setExtras<AuthExtras>({ secrets: ConfiguredSecret }, (definition, { secrets = ConfiguredSecret }) => ({
    ...definition,
    providers: [...(definition.providers ?? []), { provide: SecretSource, useClass: secrets }],
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
