import { ConfigurableModuleBuilder, Module, type DynamicModule, type Type } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { SandboxModule } from '../sandbox/index.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { ModulesGateway } from './modules.gateway.js';
import { RuntimeGateway } from './runtime.gateway.js';
import { DEFAULT_RUNTIME_OPTIONS, RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
import { RuntimeService } from './runtime.service.js';

interface RuntimeExtras {
  /** Exports `Door` and `SecretSource`: `AuthModule.forRoot(...)`, with or without an own secret source. */
  readonly auth?: DynamicModule | Type;
  /** Exports `SandboxService` and `ModuleAllowlistProvider`, and `EgressProvider` where there is a network: `SandboxModule.forRoot(...)` or an own module. */
  readonly sandbox?: DynamicModule | Type;
}

const DEFAULT_MODULES = { auth: AuthModule.forRoot({}), sandbox: SandboxModule.forRoot({}) };

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<RuntimeOptions>
>()
  .setClassMethodName('forRoot')
  .setExtras<RuntimeExtras>(DEFAULT_MODULES, (definition, extras) => {
    const { auth, sandbox } = { ...DEFAULT_MODULES, ...extras };
    return {
      ...definition,
      imports: [...(definition.imports ?? []), auth, sandbox],
      exports: [...(definition.exports ?? []), auth, sandbox],
    };
  })
  .build();

/**
 * `runtime.execute` for any Nest application that uses a `DuplexAdapter`. Defaults: an open door and the process
 * sandbox; `auth` and `sandbox` replace them whole or with own providers.
 */
@Module({
  providers: [
    {
      provide: RUNTIME_OPTIONS,
      inject: [MODULE_OPTIONS_TOKEN],
      useFactory: (options: Partial<RuntimeOptions>): RuntimeOptions => ({
        ...DEFAULT_RUNTIME_OPTIONS,
        ...options,
      }),
    },
    ExecutionFeed,
    RuntimeService,
    RuntimeGateway,
    ModulesGateway,
  ],
  exports: [RuntimeService, ExecutionFeed],
})
export class RuntimeModule extends ConfigurableModuleClass {}
