import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
  type Provider,
  type Type,
} from '@nestjs/common';
import { CodeCache } from './code-cache/code-cache.service.js';
import { EgressProvider, NoEgress } from './egress.provider.js';
import { SandboxGuarantees } from './guarantees/sandbox-guarantees.service.js';
import { ConfiguredAllowlist, ModuleAllowlistProvider } from './module-allowlist.provider.js';
import { InstalledModules } from './packages/installed-modules.service.js';
import { ModuleCheck } from './packages/module-check.service.js';
import { ModuleSurvey } from './packages/module-survey.service.js';
import { ProcessSandboxService } from './process-sandbox.service.js';
import { DEFAULT_SANDBOX_OPTIONS, SANDBOX_OPTIONS, type SandboxOptions } from './sandbox.options.js';
import { SandboxStatus } from './sandbox-status.provider.js';
import { SandboxService } from './sandbox.service.js';

/** The parts of the sandbox that an application may replace. */
export interface SandboxParts {
  /** @default ConfiguredAllowlist */
  readonly allowlist?: Type<ModuleAllowlistProvider>;
  /** @default NoEgress */
  readonly egress?: Type<EgressProvider>;
  /** @default ProcessSandboxService */
  readonly sandbox?: Type<SandboxService>;
  /** Modules whose exports those parts inject. */
  readonly imports?: ModuleMetadata['imports'];
}

export interface SandboxModuleAsyncOptions extends SandboxParts {
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...args: never[]) => Partial<SandboxOptions> | Promise<Partial<SandboxOptions>>;
}

/** Provides `SandboxService` and `ModuleAllowlistProvider`; usable without a gateway. */
@Module({})
export class SandboxModule {
  static forRoot(options: Partial<SandboxOptions> & SandboxParts = {}): DynamicModule {
    const { allowlist, egress, sandbox, imports, ...settings } = options;
    return moduleOf({ allowlist, egress, sandbox, imports } as SandboxParts, {
      provide: SANDBOX_OPTIONS,
      useValue: { ...DEFAULT_SANDBOX_OPTIONS, ...settings },
    });
  }

  static forRootAsync({ inject, useFactory, ...parts }: SandboxModuleAsyncOptions): DynamicModule {
    return moduleOf(parts, {
      provide: SANDBOX_OPTIONS,
      inject: inject ?? [],
      useFactory: async (...args: never[]) => ({
        ...DEFAULT_SANDBOX_OPTIONS,
        ...(await useFactory(...args)),
      }),
    });
  }
}

function moduleOf({ allowlist, egress, sandbox, imports }: SandboxParts, options: Provider): DynamicModule {
  return {
    module: SandboxModule,
    imports: imports ?? [],
    providers: [
      options,
      InstalledModules,
      ModuleSurvey,
      ModuleCheck,
      CodeCache,
      SandboxGuarantees,
      SandboxStatus,
      { provide: ModuleAllowlistProvider, useClass: allowlist ?? ConfiguredAllowlist },
      { provide: EgressProvider, useClass: egress ?? NoEgress },
      { provide: SandboxService, useClass: sandbox ?? ProcessSandboxService },
    ],
    exports: [
      SANDBOX_OPTIONS,
      SandboxService,
      ModuleAllowlistProvider,
      EgressProvider,
      InstalledModules,
      ModuleSurvey,
      SandboxGuarantees,
      SandboxStatus,
    ],
  };
}
