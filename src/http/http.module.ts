import { Module, type DynamicModule, type FactoryProvider, type ModuleMetadata } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ExecuteController } from './execute.controller.js';
import { HTTP_OPTIONS, type HttpOptions } from './http.options.js';
import { OpenApiController } from './open-api.controller.js';
import { OpenApi } from './open-api.provider.js';
import { PrepareController } from './prepare.controller.js';
import { ProblemFilter } from './problem.filter.js';
import { RequestHooks } from './request-hooks.provider.js';

export interface HttpModuleAsyncOptions {
  /** Modules that export `RuntimeService` and `Authenticator`. */
  readonly imports: NonNullable<ModuleMetadata['imports']>;
  readonly inject?: FactoryProvider['inject'];
  readonly useFactory: (...args: never[]) => HttpOptions;
}

/** `POST /v1/execute`, `POST /v1/prepare` and `/openapi.json`, for an application on the `HttpAdapter`. */
@Module({})
export class HttpModule {
  static forRootAsync({ imports, inject, useFactory }: HttpModuleAsyncOptions): DynamicModule {
    return {
      module: HttpModule,
      imports,
      controllers: [ExecuteController, PrepareController, OpenApiController],
      providers: [
        { provide: HTTP_OPTIONS, inject: inject ?? [], useFactory },
        { provide: APP_FILTER, useClass: ProblemFilter },
        RequestHooks,
        OpenApi,
      ],
    };
  }
}
