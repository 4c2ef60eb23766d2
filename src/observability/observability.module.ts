import { Module, type DynamicModule, type ModuleMetadata } from '@nestjs/common';
import { MetricsController } from './metrics.controller.js';
import { Observability } from './observability.js';
import { ObservabilityService } from './observability.service.js';

export interface ObservabilityModuleOptions {
  readonly observability: Observability;
  /** Modules that export `ExecutionFeed`, `SandboxStatus`, `SandboxGuarantees` and `SecretSource`, as `RuntimeModule` does, and `EgressService` if there is egress. */
  readonly imports: ModuleMetadata['imports'];
}

/** Observes the executions of a `RuntimeModule`, and serves `GET /metrics` if metrics are enabled. */
@Module({})
export class ObservabilityModule {
  static forRoot({ observability, imports }: ObservabilityModuleOptions): DynamicModule {
    return {
      module: ObservabilityModule,
      imports: imports ?? [],
      providers: [{ provide: Observability, useValue: observability }, ObservabilityService],
      controllers: observability.metrics === undefined ? [] : [MetricsController],
    };
  }
}
