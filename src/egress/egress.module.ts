import {
  type DynamicModule,
  type FactoryProvider,
  Module,
  type ModuleMetadata,
  type Type,
} from '@nestjs/common';
import { DEFAULT_EGRESS_OPTIONS, EGRESS_OPTIONS, type EgressOptions } from './egress.options.js';
import { EgressService } from './egress.service.js';
import { HostLookup, SystemLookup } from './host-lookup.provider.js';

export interface EgressModuleAsyncOptions {
  /** Modules whose exports the factory and `lookup` inject. */
  readonly imports?: ModuleMetadata['imports'];
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...args: never[]) => Partial<EgressOptions> | Promise<Partial<EgressOptions>>;
  /** @default SystemLookup */
  readonly lookup?: Type<HostLookup> | undefined;
}

/** Provides `EgressService`; usable without a sandbox. */
@Module({})
export class EgressModule {
  static forRootAsync({ imports, inject, useFactory, lookup }: EgressModuleAsyncOptions): DynamicModule {
    return {
      module: EgressModule,
      imports: imports ?? [],
      providers: [
        {
          provide: EGRESS_OPTIONS,
          inject: inject ?? [],
          useFactory: async (...args: never[]): Promise<EgressOptions> => ({
            ...DEFAULT_EGRESS_OPTIONS,
            ...(await useFactory(...args)),
          }),
        },
        { provide: HostLookup, useClass: lookup ?? SystemLookup },
        EgressService,
      ],
      exports: [EgressService],
    };
  }
}
