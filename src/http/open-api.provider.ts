import { Injectable, type INestApplication } from '@nestjs/common';
import { SECRET_HEADER } from '../auth/index.js';
import { EXECUTE_PATH, PREPARE_PATH } from './paths.js';
import { SCHEMAS } from './schemas.js';

/** The OpenAPI document of what this feature serves. */
@Injectable()
export class OpenApi {
  #described: { readonly app: INestApplication; readonly version: string } | undefined;
  #text: Promise<string> | undefined;

  /** @param version of the service */
  describe(app: INestApplication, version: string): void {
    this.#described = { app, version };
  }

  /** Made when it is first asked for: loading what makes it is a good part of a start, and most services are never asked. */
  text(): Promise<string> {
    return (this.#text ??= this.#make());
  }

  async #make(): Promise<string> {
    if (this.#described === undefined) throw new Error('the application was not described');
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
      // What other features answer is told by their own pages.
      paths: {
        [EXECUTE_PATH]: document.paths[EXECUTE_PATH],
        [PREPARE_PATH]: document.paths[PREPARE_PATH],
      },
      components: { ...document.components, schemas: SCHEMAS },
    });
  }
}
