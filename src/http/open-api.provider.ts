import { Injectable, type INestApplication } from '@nestjs/common';
import { DocumentBuilder, SwaggerModule, type OpenAPIObject } from '@nestjs/swagger';
import { SECRET_HEADER } from '../auth/index.js';
import { SECRET_SCHEME } from './execute.decorator.js';
import { EXECUTE_PATH, PREPARE_PATH } from './paths.js';
import { SCHEMAS } from './schemas.js';

/** The OpenAPI document of what this feature serves. */
@Injectable()
export class OpenApi {
  #text: string | undefined;

  /**
   * Makes the document, before the application listens.
   * @param version of the service
   */
  describe(app: INestApplication, version: string): void {
    const base = new DocumentBuilder()
      .setOpenAPIVersion('3.1.0')
      .setTitle('javascriptd')
      .setDescription('Runs other people’s JavaScript, safely.')
      .setVersion(version)
      .setLicense('MIT', 'https://spdx.org/licenses/MIT')
      .addApiKey({ type: 'apiKey', in: 'header', name: SECRET_HEADER }, SECRET_SCHEME)
      .build();
    const document: OpenAPIObject = SwaggerModule.createDocument(app, base);
    this.#text = JSON.stringify({
      ...document,
      // What other features answer is told by their own pages.
      paths: {
        [EXECUTE_PATH]: document.paths[EXECUTE_PATH],
        [PREPARE_PATH]: document.paths[PREPARE_PATH],
      },
      components: { ...document.components, schemas: SCHEMAS },
    });
  }

  get text(): string {
    if (this.#text === undefined) throw new Error('the application was not described');
    return this.#text;
  }
}
