import { ConfigurableModuleBuilder, Module, type DynamicModule, type Type } from '@nestjs/common';
import { AuthModule } from '../auth/index.js';
import { MemoryBudget } from '../memory-budget/index.js';
import { SandboxModule } from '../sandbox/index.js';
import { ExecutionFeed } from './execution-feed.service.js';
import { ModulesGateway } from './modules.gateway.js';
import { PreparedScripts } from './prepared-scripts.service.js';
import { RuntimeGateway } from './runtime.gateway.js';
import { DEFAULT_RUNTIME_OPTIONS, RUNTIME_OPTIONS, type RuntimeOptions } from './runtime.options.js';
import { RuntimeService } from './runtime.service.js';
import { TenantAllowances } from './tenant-allowances.provider.js';
import { NoPolicies, TenantPolicies } from './tenant-policies.provider.js';

interface RuntimeExtras {
  /** Exports `Authenticator` and `SecretSource`: `AuthModule.forRoot(...)`, with or without a custom secret source. */
  readonly auth?: DynamicModule | Type;
  /** Exports `SandboxService` and `ModuleAllowlistProvider`, and `EgressProvider` if there is egress: `SandboxModule.forRoot(...)` or a custom module. */
  readonly sandbox?: DynamicModule | Type;
  /** Policies of tenants; the module's `imports` export its dependencies. */
  readonly policies?: Type<TenantPolicies>;
}

const DEFAULTS = {
  auth: AuthModule.forRoot({}),
  sandbox: SandboxModule.forRoot({}),
  policies: NoPolicies,
};

const { ConfigurableModuleClass, MODULE_OPTIONS_TOKEN } = new ConfigurableModuleBuilder<
  Partial<RuntimeOptions>
>()
  .setClassMethodName('forRoot')
  .setExtras<RuntimeExtras>(DEFAULTS, (definition, extras) => {
    const { auth, sandbox, policies } = { ...DEFAULTS, ...extras };
    return {
      ...definition,
      providers: [...(definition.providers ?? []), { provide: TenantPolicies, useClass: policies }],
      imports: [...(definition.imports ?? []), auth, sandbox],
      exports: [...(definition.exports ?? []), auth, sandbox],
    };
  })
  .build();

/**
 * `runtime.execute` for any Nest application with a `DuplexAdapter`. By default there is no authentication, scripts run in
 * the process sandbox, and all tenants have the same limits. `auth`, `sandbox` and `policies` replace these defaults.
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
    {
      provide: MemoryBudget,
      inject: [RUNTIME_OPTIONS],
      useFactory: ({ memoryBytes }: RuntimeOptions) => new MemoryBudget(memoryBytes),
    },
    ExecutionFeed,
    PreparedScripts,
    TenantAllowances,
    RuntimeService,
    RuntimeGateway,
    ModulesGateway,
  ],
  exports: [RuntimeService, ExecutionFeed, PreparedScripts, MemoryBudget],
})
export class RuntimeModule extends ConfigurableModuleClass {}
