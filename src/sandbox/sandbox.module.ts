import { ConfigurableModuleBuilder, Module, type Provider, type Type } from '@nestjs/common';
import { ConfiguredAllowlist, ModuleAllowlistProvider } from './module-allowlist.provider.js';
import { DEFAULT_SANDBOX_OPTIONS, SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
import { SandboxService } from './sandbox.service.js';

interface SandboxExtras {
  /** Takes the place of the configured allowlist. */
  readonly allowlist?: Type<ModuleAllowlistProvider>;
  /** Takes the place of the sandbox itself. */
  readonly sandbox?: Type<SandboxService> | undefined;
}

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<SandboxOptions>
>()
  .setClassMethodName('forRoot')
  .setExtras<SandboxExtras>(
    { allowlist: ConfiguredAllowlist, sandbox: undefined },
    (definition, { allowlist = ConfiguredAllowlist, sandbox }) => {
      const port: Provider[] = sandbox === undefined ? [] : [{ provide: SandboxService, useClass: sandbox }];
      const list: Provider = { provide: ModuleAllowlistProvider, useClass: allowlist };
      return { ...definition, providers: [...(definition.providers ?? []), ...port, list] };
    },
  )
  .build();

/** The sandbox and the allowlist, each replaceable by another class. */
@Module({
  providers: [
    {
      provide: SANDBOX_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: Partial<SandboxOptions>): SandboxOptions => ({
        ...DEFAULT_SANDBOX_OPTIONS,
        ...options,
      }),
    },
  ],
  exports: [SANDBOX_OPTIONS, SandboxService, ModuleAllowlistProvider],
})
export class SandboxModule extends ConfigurableModuleClass {}
