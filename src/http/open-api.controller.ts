import { Controller, Get, Header } from '@nestjs/common';
import { OpenApi } from './open-api.provider.js';

/** Serves the OpenAPI document. It requires no secret, because it is public. */
@Controller()
export class OpenApiController {
  constructor(private readonly openApi: OpenApi) {}

  @Get('openapi.json')
  @Header('Content-Type', 'application/json')
  document(): string {
    return this.openApi.text();
  }
}
