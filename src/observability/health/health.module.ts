import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { TerminusModule } from '@nestjs/terminus';
import { HealthController } from './health.controller.js';
import { Readiness } from './readiness.provider.js';

/** `/livez` and `/readyz`. */
@Module({})
export class HealthModule {
  /** @param imports modules that export `SandboxStatus` and `SandboxGuarantees` */
  static forRoot({ imports = [] }: Pick<ModuleMetadata, 'imports'>): DynamicModule {
    return {
      module: HealthModule,
      // Terminus would log a line for each failed probe.
      imports: [...imports, TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [Readiness],
    };
  }
}
