import { Injectable, type INestApplication } from '@nestjs/common';
import { SECRET_HEADER } from '../auth/index.js';
import { EXECUTE_PATH, PREPARE_PATH } from './routes.js';
import { SCHEMAS } from './schemas.js';

/** The OpenAPI document of the HTTP API. */
@Injectable()
export class OpenApi {
  #described: { readonly app: INestApplication; readonly version: string } | undefined;
  #text: Promise<string> | undefined;

  /** Must be called before the document is requested. @param version of the service */
  describe(app: INestApplication, version: string): void {
    this.#described = { app, version };
  }

  /**
   * The document is built on the first request: loading `@nestjs/swagger` takes a large part of the start, and few
   * services need it.
   */
  text(): Promise<string> {
    return (this.#text ??= this.#make());
  }

  async #make(): Promise<string> {
    if (this.#described === undefined) throw new Error('OpenApi.describe() must be called first');
    const { app, version } = this.#described;
    const { DocumentBuilder, SwaggerModule } = await import('@nestjs/swagger');
    const { describeOperations, SECRET_SCHEME } = await import('./operations.decorator.js');
    describeOperations();
    const base = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('javascriptd')
      .setDescription('Runs other people’s JavaScript, safely.')
      .setVersion(version)
      .setLicense('MIT', 'https://spdx.org/licenses/MIT')
      .addApiKey({ type: 'apiKey', in: 'header', name: SECRET_HEADER }, SECRET_SCHEME)
      .build();
    const document = SwaggerModule.createDocument(app, base);
    return JSON.stringify({
      ...document,
      // The routes of other features are not part of the document.
      paths: {
        [EXECUTE_PATH]: document.paths[EXECUTE_PATH],
        [PREPARE_PATH]: document.paths[PREPARE_PATH],
      },
      components: { ...document.components, schemas: SCHEMAS },
    });
  }
}
