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
      // Its own log would have a line for each time that a probe is told no.
      imports: [...imports, TerminusModule.forRoot({ logger: false })],
      controllers: [HealthController],
      providers: [Readiness],
    };
  }
}
