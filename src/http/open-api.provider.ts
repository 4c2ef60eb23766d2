import { Inject, Injectable } from '@nestjs/common';
import { SECRET_HEADER } from '../auth/index.js';
import { HTTP_OPTIONS, type HttpOptions } from './http.options.js';
import { executeOperation, prepareOperation, SECRET_SCHEME } from './operations.js';
import { EXECUTE_PATH, PREPARE_PATH } from './routes.js';
import { SCHEMAS } from './schemas.js';

/** The OpenAPI document of the HTTP API. It needs no `@nestjs/swagger`, which installs a package with an install script. */
@Injectable()
export class OpenApi {
  #text: string | undefined;

  constructor(@Inject(HTTP_OPTIONS) private readonly options: HttpOptions) {}

  /** The document is built on the first request. */
  text(): string {
    return (this.#text ??= this.#make());
  }

  #make(): string {
    return JSON.stringify({
      openapi: '3.1.0',
      info: {
        title: 'javascriptd',
        description: 'Runs other people’s JavaScript, safely.',
        version: this.options.version,
        license: { name: 'MIT', url: 'https://spdx.org/licenses/MIT' },
      },
      paths: {
        [EXECUTE_PATH]: { post: executeOperation() },
        [PREPARE_PATH]: { post: prepareOperation() },
      },
      components: {
        securitySchemes: { [SECRET_SCHEME]: { type: 'apiKey', in: 'header', name: SECRET_HEADER } },
        schemas: SCHEMAS,
      },
    });
  }
}
